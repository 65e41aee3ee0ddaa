package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CascadeProviderTest {
    private static final Taxonomy TAXONOMY = Corpus.taxonomy();

    /** Takes one option, and refuses all others, as providers do. */
    private record Strict(String name) implements CategorizerProvider {
        @Override
        public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
            options.keySet().stream()
                    .filter(key -> !key.equals("model"))
                    .findFirst()
                    .ifPresent(key -> {
                        throw new ConfigurationException("no option " + key);
                    });
            return ScriptedCategorizer.answering(item -> {
                        throw new IllegalStateException("nobody is asked here");
                    })
                    .fingerprint(options)
                    .build();
        }
    }

    private final CategorizerProvider provider = CascadeProvider.over(new Strict("model"));

    @Test
    void withoutItsOptionThereIsNoCascade() {
        try (Categorizer plain = provider.create(TAXONOMY, Map.of("model", "m"))) {
            assertThat(plain).isInstanceOf(ScriptedCategorizer.class);
            assertThat(plain.fingerprint()).isEqualTo(Map.of("model", "m"));
        }
    }

    @Test
    void itHasTheNameOfTheOtherAndKeepsItsOwnOptionsToItself() {
        assertThat(provider.name()).isEqualTo("model");
        assertThat(CascadeProvider.withoutOwn(Map.of("cascade", "0.9", "cascade-seed", "3", "model", "m")))
                .isEqualTo(Map.of("model", "m"));
        assertThat(provider.candidates(TAXONOMY, Map.of("cascade", "0.9"))).isZero();
        assertThat(provider.estimator(TAXONOMY, Map.of("cascade", "0.9"))).isEmpty();
    }

    @Test
    void whatDecidesIsInTheFingerprintButNotInThatOfAnswers() {
        Categorizer oracle = new Strict("model").create(TAXONOMY, Map.of("model", "m"));
        try (Categorizer cascade = CascadeCategorizer.over(
                oracle, TAXONOMY, new WordVotes(), CascadeSettings.of(0.97).withSeed(5))) {
            assertThat(cascade.fingerprint())
                    .containsEntry("model", "m")
                    .containsEntry("cascade", "0.97")
                    .containsEntry("cascade.seed", "5");
            assertThat(cascade.answerFingerprint()).isEqualTo(oracle.answerFingerprint());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model | 0.4   |   | from 0.5 to 0.999
            model | 1     |   | from 0.5 to 0.999
            model | NaN   |   | from 0.5 to 0.999
            model | 95 %  |   | found "95 %"
            model | 0.95  | x | cascade-seed must be a whole number, found "x"
            model |       | 7 | without cascade
            local | 0.95  |   | the provider local calls nobody
            model | 0.95  |   | a cascade needs a classifier that learns
            """)
    void whatMakesNoSenseIsRefused(String name, @Nullable String target, @Nullable String seed, String message) {
        Map<String, String> options = new TreeMap<>();
        if (target != null) {
            options.put("cascade", target);
        }
        if (seed != null) {
            options.put("cascade-seed", seed);
        }
        assertThatThrownBy(() -> CascadeProvider.over(new Strict(name)).create(TAXONOMY, options))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }
}
