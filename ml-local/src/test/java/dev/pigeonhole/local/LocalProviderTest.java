package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalProviderTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Billing", "Shipping");

    @Test
    void foundByName() {
        assertThat(CategorizerProvider.all())
                .extracting(CategorizerProvider::name)
                .contains("local");
    }

    @Test
    void makesLocalCategorizers() {
        assertThat(new LocalProvider().create(TAXONOMY, Map.of())).isInstanceOf(LocalCategorizer.class);
    }

    @Test
    void unknownOption() {
        assertThatThrownBy(() -> new LocalProvider().create(TAXONOMY, Map.of("treshold", "0.5")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "the local categorizer has no option \"treshold\" (did you mean \"threshold\"?); it has: threshold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "high", "-0.1", "1.01", "NaN", "0,5", "Infinity"})
    void wrongThreshold(String threshold) {
        assertThatThrownBy(() -> new LocalProvider().create(TAXONOMY, Map.of("threshold", threshold)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("threshold must be a number from 0 to 1, was \"" + threshold + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "1"})
    void thresholdIsPartOfTheFingerprint(String threshold) {
        Map<String, String> fingerprint = new LocalProvider()
                .create(TAXONOMY, Map.of("threshold", threshold))
                .fingerprint();
        assertThat(fingerprint)
                .containsEntry("local.threshold", Double.toString(Double.parseDouble(threshold)))
                .containsEntry("categorizer", "local")
                .containsKeys("local.version", "local.method");
    }
}
