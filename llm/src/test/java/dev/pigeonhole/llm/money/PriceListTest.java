package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceListTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("prices.json"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4.1", "gpt-5-nano", "gpt-5-nano-2025-08-07", "gpt-5.2"})
    void theBundledListKnowsModelsAndTheirDatedVersions(String model) {
        Price price = PriceList.bundled().find(model).orElseThrow();

        assertThat(price.input()).isPositive();
        assertThat(price.cachedInput()).isLessThan(price.input());
        assertThat(price.cacheWrite()).isEqualTo(price.input());
        assertThat(price.output()).isGreaterThan(price.input());
        assertThat(price.source()).isNotBlank();
        assertThat(price.asOf()).isBeforeOrEqualTo(PriceList.bundled().asOf());
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,1.25,1.25,5",
        "gpt-4.1,1,1,4",
        "gpt-5-nano,0.025,0.0025,0.2",
        "gpt-5-mini,0.125,0.0125,1",
        "gpt-5.2,0.875,0.0875,7"
    })
    void aBatchCostsHalfAndTheCacheOnlyWhereTheProviderSaysSo(
            String model, BigDecimal input, BigDecimal cached, BigDecimal output) {
        Price batch = PriceList.bundled().find(model).orElseThrow().batch();

        assertThat(batch.input()).isEqualByComparingTo(input);
        assertThat(batch.cachedInput()).isEqualByComparingTo(cached);
        assertThat(batch.cacheWrite()).isEqualByComparingTo(input);
        assertThat(batch.output()).isEqualByComparingTo(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt-5-nano-2025", "gpt-5-nano-mini", "gpt-5", "my-model", "GPT-4O"})
    void anUnknownModelHasNoPrice(String model) {
        assertThat(PriceList.bundled().find(model)).isEmpty();
    }

    @Test
    void aListOfOnesOwnIsRead() throws IOException {
        PriceList list = PriceList.load(file("""
            {"asOf": "2026-11-20", "models": {
              "mine": {"input": 1, "output": 2.5, "cachedInput": 0.1, "cacheWrite": 1.25,
                       "asOf": "2026-11-01", "source": "contract"},
              "mine-2026-01-01": {"input": 3, "output": 4},
              "rebate": {"input": 2, "output": 4, "cachedInput": 0.5, "batchMultiplier": 0.6},
              "own": {"input": 2, "output": 4, "batchMultiplier": 0.5, "batchCachedInput": 1.5},
              "free": {"input": 0, "output": 0}}}\
            """));

        assertThat(list.asOf()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(list.find("mine-2025-12-31"))
                .contains(new Price(
                        BigDecimal.ONE,
                        new BigDecimal("0.1"),
                        new BigDecimal("1.25"),
                        new BigDecimal("2.5"),
                        LocalDate.of(2026, 11, 1),
                        "contract"));
        Price exact = list.find("mine-2026-01-01").orElseThrow();
        assertThat(exact.cachedInput()).isEqualByComparingTo("3");
        assertThat(exact.cacheWrite()).isEqualByComparingTo("3");
        assertThat(exact.asOf()).isEqualTo(list.asOf());
        assertThat(list.find("free")).isPresent();
        assertThat(exact.batch().output()).isEqualByComparingTo("4");
        assertThat(list.find("rebate").orElseThrow().batch().cachedInput()).isEqualByComparingTo("0.3");
        assertThat(list.find("own").orElseThrow().batch().cachedInput()).isEqualByComparingTo("1.5");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-prices.txt", delimiter = '|', quoteCharacter = '~')
    void whatIsWrongIsSaidWithModelAndField(String content, String expected) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> PriceList.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("price list " + file)
                .hasMessageContaining(expected);
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> PriceList.load(folder.resolve("none.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> PriceList.load(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("folder");
    }
}
