package dev.pigeonhole.quality.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import dev.pigeonhole.testkit.CategorizerContract;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SentinelCategorizerContractTest extends CategorizerContract {
    @Override
    protected Categorizer categorizer(Taxonomy taxonomy) {
        String first = taxonomy.names().get(0);
        return over(ScriptedCategorizer.answering(item -> Outcome.categorized(first, "fake"))
                .build());
    }

    private static SentinelCategorizer over(Categorizer inner) {
        return new SentinelCategorizer(inner, Colours.known(20), 100, SentinelSettings.defaults());
    }

    @Test
    void whatRidesAlongIsInTheFingerprintAndTheFloorIsNot() {
        Categorizer inner = ScriptedCategorizer.answering(item -> Outcome.unmatched("fake"))
                .fingerprint(Map.of("a", "b"))
                .build();
        SentinelSettings settings = SentinelSettings.defaults();
        SentinelCategorizer one = new SentinelCategorizer(inner, Colours.known(20), 100, settings);
        SentinelCategorizer floored =
                new SentinelCategorizer(inner, Colours.known(20), 100, settings.withFloor(OptionalDouble.of(0.8)));
        SentinelCategorizer others = new SentinelCategorizer(inner, Colours.known(21), 100, settings);
        assertThat(one.fingerprint())
                .containsEntry("a", "b")
                .containsKey("sentinels")
                .hasSize(2);
        assertThat(floored.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(others.fingerprint()).isNotEqualTo(one.fingerprint());
    }

    @Test
    void whatTheOtherSaysOfItselfIsHandedOn() {
        ScriptedCategorizer inner = ScriptedCategorizer.answering(item -> Outcome.unmatched("fake"))
                .suggesting(9)
                .build();
        try (SentinelCategorizer categorizer = over(inner)) {
            assertThat(categorizer.suggestedConcurrency()).isEqualTo(9);
            assertThat(categorizer.isFree()).isEqualTo(inner.isFree());
            assertThat(categorizer.hasLastingAnswers()).isEqualTo(inner.hasLastingAnswers());
        }
        assertThat(inner.isClosed()).isTrue();
    }

    @Test
    void tooFewKnownTextsAreRefused() {
        List<LabelledText> few = Colours.known(SentinelCategorizer.LEAST_KNOWN - 1);
        Categorizer inner =
                ScriptedCategorizer.answering(item -> Outcome.unmatched("fake")).build();
        assertThatThrownBy(() -> new SentinelCategorizer(inner, few, 100, SentinelSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
