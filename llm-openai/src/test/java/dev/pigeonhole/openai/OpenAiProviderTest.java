package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Estimator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Billing", "Other");

    private static OpenAiProvider with(Map<String, String> environment) {
        return new OpenAiProvider(environment);
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(CategorizerProvider.all())
                .extracting(CategorizerProvider::name)
                .contains("openai");
    }

    @Test
    void itMakesCategorizersAndForetellsTheirFingerprint() {
        Map<String, String> options = Map.of("model", "gpt-5-nano", "rpm", "60");
        try (Categorizer categorizer = with(Map.of("OPENAI_API_KEY", Calls.KEY)).create(TAXONOMY, options)) {
            assertThat(categorizer.fingerprint())
                    .containsEntry("model", "gpt-5-nano")
                    .containsEntry("server", "https://api.openai.com/v1");
            assertThat(categorizer.fingerprint().toString()).doesNotContain(Calls.KEY);
            Estimator estimator = with(Map.of()).estimator(TAXONOMY, options).orElseThrow();
            estimator.add(List.of(new Item(1, "hello")));
            assertThat(estimator.fingerprint()).isEqualTo(categorizer.fingerprint());
            assertThat(estimator.estimate().calls()).isEqualTo(1);
        }
    }

    @Test
    void aMissingKeyIsToldFromOtherFaults() {
        assertThatThrownBy(() -> with(Map.of()).create(TAXONOMY, Map.of("model", "gpt-5-nano")))
                .isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> with(Map.of()).create(TAXONOMY, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .isNotInstanceOf(MissingKeyException.class)
                .hasMessageContaining("no model is named");
    }

    @Test
    void theKeyIsNotTakenAsAnOption() {
        for (String option : new String[] {"key", "api-key", "api_key", "apiKey", "openai-api-key", "token"}) {
            assertThatThrownBy(() -> with(Map.of()).create(TAXONOMY, Map.of("model", "m", option, Calls.KEY)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("OPENAI_API_KEY")
                    .hasMessageContaining("key-file")
                    .hasMessageNotContaining(Calls.KEY);
        }
    }

    @Test
    void anUnknownOptionIsRefusedWithASuggestion() {
        assertThatThrownBy(() -> with(Map.of()).create(TAXONOMY, Map.of("model", "m", "temprature", "0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("(did you mean \"temperature\"?)");
        assertThatThrownBy(() -> with(Map.of()).estimator(TAXONOMY, Map.of("model", "m", "tmp", "0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"tpm\"");
    }

    @Test
    void programsCanTakeAllFromTheEnvironment() {
        try (Categorizer categorizer =
                OpenAiCategorizer.fromEnvironment("small-1", TAXONOMY, Map.of("base-url", "http://localhost:1/v1"))) {
            assertThat(categorizer.fingerprint()).containsEntry("model", "small-1");
        }
    }
}
