package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRankerTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Card lost", "Card arrival", "Exchange rate", "Refund");
    private static final Ranker RANKER = new LocalRankerProvider().create(TAXONOMY, List.of());

    @Test
    void foundOnTheClassPath() {
        assertThat(RankerProvider.find()).containsInstanceOf(LocalRankerProvider.class);
    }

    @Test
    void bestFirst() {
        List<Ranker.Candidate> all = RANKER.rank("I have lost my card", 10);
        assertThat(all)
                .extracting(Ranker.Candidate::category)
                .startsWith("Card lost", "Card arrival")
                .hasSize(4);
        assertThat(all).isSortedAccordingTo(Comparator.comparing(candidate -> -candidate.share()));
        assertThat(all.stream().mapToDouble(Ranker.Candidate::share).sum()).isBetween(0.999, 1.001);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void noMoreThanAskedFor(int most) {
        assertThat(RANKER.rank("the rate of exchange", most))
                .hasSize(most)
                .isEqualTo(RANKER.rank("the rate of exchange", 4).subList(0, most));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "?!", "日本語", "qwzx"})
    void emptyIfNothingInCommon(String text) {
        assertThat(RANKER.rank(text, 3)).isEmpty();
    }

    @Test
    void atLeastOne() {
        assertThatThrownBy(() -> RANKER.rank("card", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneCategory() {
        Ranker ranker = new LocalRankerProvider().create(Taxonomy.of("Refund"), List.of());
        assertThat(ranker.rank("a refund please", 5)).containsExactly(new Ranker.Candidate("Refund", 1));
    }

    @Test
    void learnsFromKnownTexts() {
        String text = "where has my plastic gone";
        assertThat(RANKER.rank(text, 1)).extracting(Ranker.Candidate::category).doesNotContain("Card lost");
        Ranker taught = new LocalRankerProvider()
                .create(TAXONOMY, List.of(new LabelledText("my plastic has gone missing", "Card lost")));
        assertThat(taught.rank(text, 1)).extracting(Ranker.Candidate::category).containsExactly("Card lost");
    }

    @Test
    void knownTextOfAnotherCategory() {
        assertThatThrownBy(() ->
                        new LocalRankerProvider().create(TAXONOMY, List.of(new LabelledText("money back", "refund"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("a text is known to be of category \"refund\", which is not one of the categories"
                        + " (did you mean \"Refund\"?)");
    }
}
