package dev.pigeonhole.quality.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.categorize.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidersTest {
    private static final long LAST = 1_000_000;

    private static Riders riders(List<LabelledText> known) {
        return new Riders(new KnownTexts(known, LAST), SentinelSettings.defaults());
    }

    private static Question question(long firstRow, int size) {
        return Question.first(LongStream.range(firstRow, firstRow + size)
                .mapToObj(row -> new Item(row, "text " + row))
                .toList());
    }

    /** Records more than without, in hundredths, and questions with riders, in hundredths. */
    @ParameterizedTest
    @CsvSource({"20,2,2.0,3.0,22,28", "20,1,2.0,3.0,45,55", "40,2,1.0,1.5,22,28", "5,2,2.0,3.0,5,8", "3,2,0,0,0,0"})
    void asManyRideAsWereAskedFor(int size, int together, double least, double most, double fewest, double manyest) {
        Riders riders = riders(Colours.known(200));
        int questions = 4_000;
        int more = 0;
        int with = 0;
        for (int i = 0; i < questions; i++) {
            int riding = riders.join(question(1 + (long) i * size, size), together)
                            .items()
                            .size()
                    - size;
            assertThat(riding).isIn(0, together);
            more += riding;
            with += riding > 0 ? 1 : 0;
        }
        assertThat(100.0 * more / questions / size).isBetween(least, most);
        assertThat(100.0 * with / questions).isBetween(fewest, manyest);
    }

    @Test
    void theSameQuestionGetsTheSameCompanyAndTheRowsKeepTheirOrder() {
        Riders riders = riders(Colours.known(200));
        for (long first = 1; first < 2_000; first += 20) {
            Question joined = riders.join(question(first, 20), 2);
            assertThat(riders.join(question(first, 20), 2)).isEqualTo(joined);
            assertThat(joined.items().stream()
                            .filter(item -> item.row() <= LAST)
                            .toList())
                    .isEqualTo(question(first, 20).items());
        }
    }

    @Test
    void theyStandAnywhereAndAllHaveTheirTurn() {
        Riders riders = riders(Colours.known(30));
        Set<Integer> places = new HashSet<>();
        Set<Long> rows = new HashSet<>();
        for (long first = 1; first < 40_000; first += 20) {
            List<Item> items = riders.join(question(first, 20), 2).items();
            IntStream.range(0, items.size())
                    .filter(i -> items.get(i).row() > LAST)
                    .forEach(i -> {
                        places.add(i);
                        rows.add(items.get(i).row());
                    });
        }
        assertThat(places).hasSize(22);
        assertThat(rows).hasSize(30);
    }

    @Test
    void nobodyRidesWithItsOwnTextOrTwice() {
        List<LabelledText> known = Colours.known(10);
        Riders riders = riders(known);
        for (long first = 1; first < 4_000; first += 8) {
            List<Item> items = new ArrayList<>(question(first, 8).items());
            for (int i = 0; i < 7; i++) {
                items.set(i, new Item(first + i, " " + known.get(i).text()));
            }
            List<Item> joined = riders.join(Question.first(items), 2).items();
            assertThat(joined.stream().map(item -> item.text().strip())).doesNotHaveDuplicates();
        }
    }
}
