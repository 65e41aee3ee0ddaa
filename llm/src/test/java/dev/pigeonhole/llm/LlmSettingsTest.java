package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmSettingsTest {
    @Test
    void allOptionsAreRead() {
        LlmSettings settings = LlmSettings.of(Map.of(
                "rpm", "500",
                "tpm", " 200000 ",
                "max-cost", "12.50",
                "record-tokens", "800",
                "format", "lines",
                "reasoning-tokens", "2000",
                "timeout", "90",
                "fresh", "true",
                "concurrency", "8",
                "base-url", "of the vendor module"));
        assertThat(settings.rpm()).hasValue(500);
        assertThat(settings.tpm()).hasValue(200_000);
        assertThat(settings.maxCost()).contains(Money.dollars(new BigDecimal("12.5")));
        assertThat(settings.recordTokens()).isEqualTo(800);
        assertThat(settings.format()).contains(ReplyMode.LINES);
        assertThat(settings.reasoningTokens()).isEqualTo(2_000);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.fresh()).isTrue();
        assertThat(LlmSettings.of(Map.of("hints", "on")).hints()).isEqualTo(HintMode.ON);
        assertThat(settings.concurrency()).hasValue(8);
        assertThat(LlmSettings.KEYS).hasSize(14).doesNotContain("base-url");
    }

    @Test
    void nothingSaidAndZeroLeaveTheDefaults() {
        for (LlmSettings settings : new LlmSettings[] {
            LlmSettings.of(Map.of()),
            LlmSettings.of(Map.of("rpm", "0", "tpm", "0", "concurrency", "0", "format", "auto"))
        }) {
            assertThat(settings.rpm()).isEmpty();
            assertThat(settings.tpm()).isEmpty();
            assertThat(settings.concurrency()).isEmpty();
            assertThat(settings.maxCost()).isEmpty();
            assertThat(settings.format()).isEmpty();
            assertThat(settings.recordTokens()).isEqualTo(400);
            assertThat(settings.fresh()).isFalse();
            assertThat(settings.hints()).isEqualTo(HintMode.AUTO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rpm,many,'rpm must be a whole number, was \"many\"'",
        "rpm,-1,'rpm must be at least 0, was \"-1\"'",
        "tpm,1e6,'tpm must be a whole number, was \"1e6\"'",
        "concurrency,1001,'concurrency must be from 0 to 1000, was \"1001\"'",
        "record-tokens,15,'record-tokens must be from 16 to 50000, was \"15\"'",
        "reasoning-tokens,99999999999999999999,'reasoning-tokens must be a whole number, was \"99999999999999999999\"'",
        "timeout,0,'timeout must be from 1 to 3600, was \"0\"'",
        "max-cost,$5,'max-cost must be US dollars, such as 12.50, was \"$5\"'",
        "max-cost,0,'max-cost must be more than 0 US dollars, was \"0\"'",
        "max-cost,1e12,'max-cost must be less than nine million US dollars, with at most twelve decimals, was \"1e12\"'",
        "format,xml,'format must be one of auto, keyed, array, json, lines, was \"xml\"'",
        "hints,yes,'hints must be one of auto, on, off, was \"yes\"'",
        "fresh,yes,'fresh must be true or false, was \"yes\"'"
    })
    void wrongValueIsNamedWithWhatIsExpected(String key, String value, String message) {
        assertThatThrownBy(() -> LlmSettings.of(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void capWithoutAPriceIsRefused() {
        LlmSettings settings = LlmSettings.of(Map.of("max-cost", "5"));
        ScriptedChatModel model = ScriptedChatModel.honest();
        assertThatThrownBy(() -> LlmCategorizer.of(model, Bench.TICKETS, settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("scripted-1")
                .hasMessageContaining("on the command line --option prices=FILE");
        assertThatThrownBy(() -> LlmCategorizer.estimator("scripted-1", Map.of(), Bench.TICKETS, settings))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void fingerprintHoldsWhatChangesAnswersAndNothingElse() {
        Map<String, String> base = fingerprint(Map.of());
        assertThat(base).containsEntry("model", "scripted-1").containsKeys("prompt", "protocol", "record-tokens");
        assertThat(fingerprint(Map.of("rpm", "7", "tpm", "7", "concurrency", "7", "timeout", "7", "fresh", "true")))
                .isEqualTo(base);
        assertThat(fingerprint(Map.of("record-tokens", "100"))).isNotEqualTo(base);
        assertThat(fingerprint(Map.of("format", "lines"))).isNotEqualTo(base);
    }

    private static Map<String, String> fingerprint(Map<String, String> options) {
        LlmSettings settings = LlmSettings.of(new HashMap<>(options));
        return new Bench(ScriptedChatModel.honest(), settings).categorizer.fingerprint();
    }

    @Test
    void answersLastUnlessFreshOnesAreWanted() {
        assertThat(new Bench(ScriptedChatModel.honest()).categorizer.hasLastingAnswers())
                .isTrue();
        LlmSettings fresh = LlmSettings.builder().fresh(true).build();
        assertThat(new Bench(ScriptedChatModel.honest(), fresh).categorizer.hasLastingAnswers())
                .isFalse();
    }
}
