package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.InputTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatThrownBy(() -> new LocalProvider().create(TAXONOMY, Map.of("min-confidenze", "0.5")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "the local categorizer has no option \"min-confidenze\" (did you mean \"min-confidence\"?); it"
                                + " has: min-confidence, model, self-training");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "high", "-0.1", "1.01", "NaN", "0,5", "Infinity"})
    void wrongThreshold(String threshold) {
        assertThatThrownBy(() -> new LocalProvider().create(TAXONOMY, Map.of("min-confidence", threshold)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("min-confidence must be a number from 0 to 1, was \"" + threshold + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "1"})
    void thresholdIsPartOfTheFingerprint(String threshold) {
        Map<String, String> fingerprint = new LocalProvider()
                .create(TAXONOMY, Map.of("min-confidence", threshold))
                .fingerprint();
        assertThat(fingerprint)
                .containsEntry("local.threshold", Double.toString(Double.parseDouble(threshold)))
                .containsEntry("categorizer", "local")
                .containsEntry("local.self-training", "off")
                .containsKeys("local.version", "local.method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "ON"})
    void wrongSelfTraining(String choice) {
        assertThatThrownBy(() -> new LocalProvider().create(TAXONOMY, Map.of("self-training", choice)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("self-training must be auto, on or off, was \"" + choice + "\"");
    }

    @ParameterizedTest
    @CsvSource({"0, auto, on", "20, auto, on", "21, auto, off", "21, on, on", "0, off, off"})
    void readsTheInputOnlyToTrainItself(int examples, String choice, String expected) {
        AtomicInteger asked = new AtomicInteger();
        InputTexts input = most -> {
            asked.set(most);
            return texts(100);
        };
        List<String> texts = IntStream.range(0, examples)
                .mapToObj(i -> "example number " + i)
                .toList();
        Taxonomy taxonomy = new Taxonomy("", List.of(new Category("Billing", "", List.of(), texts)), true);
        Categorizer categorizer = new LocalProvider().createFor(input, taxonomy, Map.of("self-training", choice));
        assertThat(categorizer.fingerprint()).containsEntry("local.self-training", expected);
        assertThat(asked).hasValue(expected.equals("on") ? LocalCategorizer.MOST_INPUT : 0);
    }

    @ParameterizedTest
    @CsvSource({"99, auto, off", "100, auto, on", "1, on, on", "0, on, off"})
    void aFewTextsAreNoTrainingUnlessItIsWanted(int count, String choice, String expected) {
        Categorizer categorizer =
                new LocalProvider().createFor(most -> texts(count), TAXONOMY, Map.of("self-training", choice));
        assertThat(categorizer.fingerprint()).containsEntry("local.self-training", expected);
    }

    @ParameterizedTest
    @CsvSource({"'', '', on", "What it is, '', off", "'', parcel, off"})
    void whereCategoriesAreDescribedTheInputIsNotLearnedFrom(String description, String keyword, String expected) {
        List<String> keywords = keyword.isEmpty() ? List.of() : List.of(keyword);
        Taxonomy taxonomy = new Taxonomy(
                "", List.of(new Category("Parcels", description, keywords, List.of()), Category.of("Money")), true);
        assertThat(new LocalProvider()
                        .createFor(most -> texts(100), taxonomy, Map.of())
                        .fingerprint())
                .containsEntry("local.self-training", expected);
    }

    @Test
    void ofLongTextsFewerAreTrainingSoThatMemoryIsBounded() {
        List<Integer> asked = new ArrayList<>();
        InputTexts input = most -> {
            asked.add(most);
            return texts(Math.min(most, 1_600)).stream()
                    .map(text -> text + " ".repeat(1_000))
                    .toList();
        };
        Categorizer categorizer = new LocalProvider().createFor(input, TAXONOMY, Map.of());
        assertThat(asked).hasSize(2).startsWith(LocalCategorizer.MOST_INPUT);
        assertThat(asked.get(1)).isBetween(350, 400);
        assertThat(categorizer.fingerprint()).containsEntry("local.self-training", "on");
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "parcel number " + i + " is late")
                .toList();
    }

    @Test
    void readerHasTheSameFingerprint() {
        InputTexts input = most -> texts(100);
        LocalProvider provider = new LocalProvider();
        assertThat(provider.readerFor(input, TAXONOMY, Map.of()).fingerprint())
                .isEqualTo(provider.createFor(input, TAXONOMY, Map.of()).fingerprint())
                .isNotEqualTo(provider.create(TAXONOMY, Map.of()).fingerprint());
    }
}
