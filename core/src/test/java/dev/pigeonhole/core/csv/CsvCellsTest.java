package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellsTest {
    private final CsvCells cells = CsvCells.delimitedBy(',');

    @Test
    void plainCellsAreNotQuoted() {
        assertThat(cells.join(List.of("Billing", "categorized", "0.97", "two words")))
                .isEqualTo("Billing,categorized,0.97,two words");
    }

    @Test
    void emptyCellsStayEmptyEvenTheFirst() {
        assertThat(cells.join(List.of("", "failed", "", ""))).isEqualTo(",failed,,");
        assertThat(cells.join(List.of(""))).isEmpty();
        assertThat(cells.join(List.of())).isEmpty();
    }

    @Test
    void delimitersQuotesAndLineBreaksAreQuoted() {
        assertThat(cells.join(List.of("a,b", "say \"hi\"", "x\ny", "x\ry", "a;b")))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",\"x\ry\",a;b");
        assertThat(CsvCells.delimitedBy(';').join(List.of("a,b", "a;b"))).isEqualTo("a,b;\"a;b\"");
        assertThat(CsvCells.delimitedBy('\t').join(List.of("a", "a\tb"))).isEqualTo("a\t\"a\tb\"");
    }

    @Test
    void spacesAtTheEndsSurvive() {
        List<String> spaced = List.of(" a", "b ", " ");
        assertThat(TinyCsv.records(cells.join(spaced), ',')).containsExactly(spaced);
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|', ' ', 'x', '…'})
    void whatIsJoinedIsReadBack(char delimiter) {
        String alphabet = "ab ,;\t|\"'\n\r\0#éx…\u001f=";
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> row = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                StringBuilder cell = new StringBuilder();
                random.ints(random.nextInt(5), 0, alphabet.length()).forEach(c -> cell.append(alphabet.charAt(c)));
                row.add(cell.toString());
            }
            String joined = CsvCells.delimitedBy(delimiter).join(row);
            assertThat(TinyCsv.records(joined + "\n", delimiter))
                    .as("seed %d: %s", seed, joined)
                    .containsExactly(row);
        }
    }

    @Test
    void aQuoteIsNoDelimiter() {
        assertThatIllegalArgumentException().isThrownBy(() -> CsvCells.delimitedBy('"'));
    }
}
