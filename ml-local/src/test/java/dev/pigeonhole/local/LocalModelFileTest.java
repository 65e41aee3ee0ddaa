package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.file.Card;
import dev.pigeonhole.local.file.ModelFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelFileTest {
    @TempDir
    Path folder;

    private static Taxonomy taxonomy() {
        return new Taxonomy(
                "what is it \"about\"?\nsay",
                List.of(
                        new Category("Cards", "about cards = plastic", List.of("card", "größe"), List.of("my card")),
                        Category.of("Nobody"),
                        new Category("Money", "", List.of(), List.of("refund\tplease", "\\n"))),
                false);
    }

    /** @param rows with more than a hundred there is a confidence */
    private static LocalModel model(int rows) {
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add(
                    i % 2 == 0
                            ? new LabelledText("where is my card " + i, "Cards")
                            : new LabelledText("i want my money back " + i, "Money"));
        }
        return LocalModel.train(taxonomy(), texts, TrainingSettings.defaults().withThreads(1));
    }

    private static LocalModel loaded(LocalModel model, Path file) {
        model.save(file);
        return LocalModel.load(file);
    }

    private Path file() {
        return folder.resolve("model.pgn");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 120})
    void whatWasSavedAnswersTheSame(int rows) {
        LocalModel model = model(rows);
        LocalModel loaded = loaded(model, file());
        assertThat(loaded.card()).isEqualTo(model.card());
        assertThat(loaded.taxonomy()).isEqualTo(model.taxonomy());
        assertThat(loaded.digest()).isEqualTo(model.digest());
        for (String text : List.of("where is my card", "money back", "Größe", "", "?")) {
            assertThat(loaded.predict(text)).isEqualTo(model.predict(text));
        }
    }

    @Test
    void everyDamageIsNoticed() throws IOException {
        model(4).save(file());
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(11);
        for (int at = 0; at < whole.length; at += at < 2_000 ? 1 : 1 + random.nextInt(200)) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), changed);
            assertRefused();
            Files.write(file(), Arrays.copyOf(whole, at));
            assertRefused();
        }
    }

    private void assertRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LocalModel.load(file()))
                .withMessageContaining("train");
    }

    @Test
    void aWholeFileOfAnotherContentIsRefused() {
        ModelFile.of(new Card(Map.of("a", "b")), Map.of("labels", new int[] {0, 1}))
                .save(file());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LocalModel.load(file()))
                .withMessageContaining("is not the model that this program expects")
                .withMessageContaining("its card has no \"task\"")
                .withMessageContaining("train again");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new LocalProvider().taxonomy(Map.of("model", file().toString())))
                .withMessageContaining("its card has no \"task\"");
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        model(120).save(file());
        ModelFile right = ModelFile.load(file()).content();
        Map<String, Object> arrays = new HashMap<>();
        arrays.put("labels", new int[] {0, 7});
        arrays.put("keys", right.longs("keys"));
        arrays.put("rarities", right.floats("rarities"));
        arrays.put("weights", right.floats("weights"));
        arrays.put("biases", right.floats("biases"));
        assertNotExpected(right.card(), arrays);
        arrays.put("labels", right.ints("labels"));
        arrays.put("biases", new float[3]);
        assertNotExpected(right.card(), arrays);
        arrays.put("biases", right.floats("biases"));
        arrays.put("calibration", new double[1]);
        assertNotExpected(right.card(), arrays);
        arrays.put("calibration", right.doubles("calibration"));
        Map<String, String> card = new LinkedHashMap<>(right.card().entries());
        card.put("data.rows-used", "many");
        assertNotExpected(new Card(card), arrays);
    }

    private void assertNotExpected(Card card, Map<String, Object> arrays) {
        ModelFile.of(card, arrays).save(file());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LocalModel.load(file()))
                .withMessageContaining("is not the model that this program expects");
    }

    @Test
    void theProviderAnswersByAFile() {
        model(120).save(file());
        Map<String, String> options = Map.of("model", file().toString());
        LocalProvider provider = new LocalProvider();
        assertThat(provider.taxonomy(options)).contains(taxonomy());
        assertThat(provider.taxonomy(Map.of())).isEmpty();
        assertThat(provider.create(taxonomy(), options).fingerprint())
                .containsEntry("local.model", LocalModel.load(file()).digest());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> provider.create(Taxonomy.of("Cards", "Other"), options));
    }

    /** A file of version 1 as the first program wrote it. It must be read, and answer the same, for ever. */
    @ParameterizedTest
    @CsvSource({
        "where is my card, Cards, 0.9973927551395186",
        "money, Money, 0.9991762979443521",
        "i want a new card, Cards, 0.978468509279261",
        "größe, Cards, 0.3415233659034144",
    })
    void aFileOfVersionOneAnswersAsEver(String text, String category, double confidence) throws URISyntaxException {
        LocalModel model = LocalModel.load(golden());
        assertThat(model.taxonomy()).isEqualTo(taxonomy());
        Prediction prediction = model.predict(text);
        assertThat(prediction.category()).isEqualTo(category);
        assertThat(prediction.confidence().getAsDouble()).isEqualTo(confidence, within(1e-9));
    }

    private static Path golden() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(LocalModelFileTest.class.getResource("version-1.pgn"))
                .toURI());
    }
}
