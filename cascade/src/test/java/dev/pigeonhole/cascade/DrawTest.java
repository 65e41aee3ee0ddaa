package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final int ROWS = 100_000;

    private final Draw draw = new Draw(1);

    @Test
    void theSameSeedGivesTheSamePlacesAndAnotherSeedOthers() {
        assertThat(new Draw(1).place(77)).isEqualTo(draw.place(77));
        assertThat(new Draw(2).place(77)).isNotEqualTo(draw.place(77));
        assertThat(draw.auditPlace("abc")).isEqualTo(new Draw(1).auditPlace("abc"));
    }

    /** A change here would give resumed jobs other rows. */
    @Test
    void placesAreWhatTheyWere() {
        assertThat(draw.place(1)).isEqualTo(0.2558852031320078);
    }

    @Test
    void rowsAreDrawnEvenlyOverTheFileInAnyPartOfIt() {
        for (long from = 1; from < ROWS; from += ROWS / 10) {
            long count = LongStream.range(from, from + ROWS / 10)
                    .filter(row -> draw.isWithin(row, 0.2, 0.4))
                    .count();
            assertThat((double) count / (ROWS / 10)).isCloseTo(0.2, within(0.02));
        }
    }

    @Test
    void aSmallerDrawIsPartOfALarger() {
        assertThat(LongStream.rangeClosed(1, 1_000).filter(row -> draw.isWithin(row, 0, 0.1)))
                .allMatch(row -> draw.isWithin(row, 0, 0.3));
    }

    @Test
    void theNextRowIsTheFirstThatWasDrawn() {
        long row = draw.next(1, ROWS, 0, 0.01);
        long all = LongStream.rangeClosed(1, ROWS)
                .filter(r -> draw.isWithin(r, 0, 0.01))
                .count();
        long seen = 0;
        while (row <= ROWS) {
            assertThat(draw.isWithin(row, 0, 0.01)).isTrue();
            seen++;
            row = draw.next(row + 1, ROWS, 0, 0.01);
        }
        assertThat(seen).isEqualTo(all);
        assertThat(draw.next(1, ROWS, 0.5, 0.5)).isGreaterThan(ROWS);
    }

    @Test
    void textsThatDifferInCaseAndPunctuationShareAFold() {
        assertThat(draw.fold("Where is my card?", 5)).isEqualTo(draw.fold("where is my card", 5));
        assertThat(draw.fold("?!", 5)).isBetween(0, 4);
        assertThat(LongStream.range(0, 1_000).mapToObj(i -> draw.fold("text " + i, 5)))
                .contains(0, 1, 2, 3, 4);
    }
}
