package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.features.Features;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalModelTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults();
    private static final Taxonomy PARCELS = Taxonomy.of("Refund", "Delivery", "Other");

    @ParameterizedTest
    @CsvSource({"10, logistic", "30, svm"})
    void theSameSeedGivesTheSameModelWhateverTheThreads(int perCategory, String method) throws IOException {
        List<LabelledText> rows = Banking77.draw(Banking77.train(), perCategory, 3).stream()
                .filter(row -> row.category().compareTo("c") < 0)
                .toList();
        LocalModel one = LocalModel.train(Banking77.taxonomy(), rows, SETTINGS.withThreads(1));
        LocalModel other = LocalModel.train(Banking77.taxonomy(), rows, SETTINGS.withThreads(3));

        assertThat(one.card().method()).isEqualTo(method);
        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.card()).isEqualTo(one.card());
        assertThat(one.card().categoriesWithoutRows()).isNotEmpty().allMatch(name -> name.compareTo("c") >= 0);
    }

    @Test
    void tenExamplesACategory() throws IOException {
        List<LabelledText> rows = Banking77.draw(Banking77.train(), 10, 1);
        List<LabelledText> asked = Banking77.test();
        LocalModel model =
                LocalModel.train(Taxonomy.of(Banking77.taxonomy().names().toArray(String[]::new)), rows, SETTINGS);

        int right = 0;
        List<Prediction> answers =
                model.predict(asked.stream().map(LabelledText::text).toList());
        for (int i = 0; i < asked.size(); i++) {
            right += answers.get(i).category().equals(asked.get(i).category()) ? 1 : 0;
        }
        double accuracy = (double) right / asked.size();
        System.out.printf("Banking77, 10 examples a category: accuracy %.4f%n", accuracy);
        assertThat(accuracy).isGreaterThanOrEqualTo(0.73);
        assertThat(model.card().calibrationError().orElseThrow()).isLessThan(0.06);
    }

    @ParameterizedTest
    @CsvSource({
        "Ich möchte mein GELD zurueck bitte, Refund",
        "wann kommt mein paket endlich an, Delivery",
        "QUIERO UN REEMBOLSO, Refund",
        "cuando llega mi paquete, Delivery",
        "верните деньги пожалуйста, Refund",
        "где моя посылка, Delivery",
        "请退款给我, Refund",
        "我的包裹在哪里呢, Delivery",
        "ฉันอยากขอคืนเงินด้วย, Refund",
        "พัสดุของฉันอยู่ไหนแล้ว, Delivery",
        "أريد استرداد المال, Refund",
        "أين طردي الآن, Delivery",
    })
    void anyScript(String text, String category) {
        List<LabelledText> rows = rows(
                "Refund",
                "Ich will mein Geld zurück",
                "quiero un reembolso ya",
                "Верните мне деньги",
                "我要退款",
                "ขอคืนเงิน",
                "أُرِيدُ استِردادَ المال");
        rows.addAll(rows(
                "Delivery",
                "Wann kommt mein Paket an?",
                "¿Cuándo llega mi paquete?",
                "Где моя посылка?",
                "我的包裹在哪里",
                "พัสดุอยู่ไหน",
                "أين طردي؟"));
        assertThat(LocalModel.train(PARCELS, rows, SETTINGS).predict(text).category())
                .isEqualTo(category);
    }

    @Test
    void fewRowsGiveNoConfidence() {
        LocalModel model = LocalModel.train(PARCELS, small(), SETTINGS);

        assertThat(model.predict("money back").confidence()).isEmpty();
        assertThat(model.predict("money back").category()).isEqualTo("Refund");
        assertThat(model.card().accuracy()).isEmpty();
        assertThat(model.card().promises()).isEmpty();
        assertThat(model.minConfidenceFor(0.8)).isEmpty();
        assertThatThrownBy(() -> LocalCategorizer.of(model, PARCELS, 0.5))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("trained on 4 rows, which are too few");
    }

    @Test
    void aTextWithNothingKnownIsUnmatchedWhereThatIsAllowed() {
        LocalModel model = LocalModel.train(PARCELS, small(), SETTINGS);
        List<Item> unknown = List.of(new Item(1, "✈✈✈"));

        assertThat(model.predict("✈✈✈").known()).isFalse();
        assertThat(LocalCategorizer.of(model, PARCELS).categorize(unknown)).containsExactly(Outcome.unmatched("local"));
        Taxonomy strict = new Taxonomy("", PARCELS.categories(), false);
        assertThat(LocalCategorizer.of(model, strict).categorize(unknown))
                .allMatch(outcome -> outcome instanceof Outcome.Categorized);
    }

    @Test
    void anAnswerBelowTheLeastConfidenceIsNotGiven() throws IOException {
        List<LabelledText> rows = Banking77.draw(Banking77.train(), 10, 1);
        Taxonomy taxonomy = Banking77.taxonomy();
        LocalModel model = LocalModel.train(taxonomy, rows, SETTINGS);
        List<Item> items = IntStream.range(0, 200)
                .mapToObj(i -> new Item(i + 1, rows.get(i).text().substring(0, 15)))
                .toList();

        List<Outcome> all = LocalCategorizer.of(model, taxonomy, 0).categorize(items);
        List<Outcome> sure = LocalCategorizer.of(model, taxonomy, 0.7).categorize(items);
        assertThat(all).allMatch(outcome -> outcome instanceof Outcome.Categorized);
        for (int i = 0; i < all.size(); i++) {
            Outcome.Categorized answer = (Outcome.Categorized) all.get(i);
            boolean given = answer.confidence().orElseThrow() >= 0.7;
            assertThat(sure.get(i)).isEqualTo(given ? answer : Outcome.unmatched("local"));
        }
        assertThat(sure).contains(Outcome.unmatched("local")).hasAtLeastOneElementOfType(Outcome.Categorized.class);
    }

    @Test
    void oneCategoryIsRefused() {
        assertThatThrownBy(() -> LocalModel.train(PARCELS, rows("Refund", "a", "b"), SETTINGS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("all 2 rows have the category \"Refund\"");
    }

    @Test
    void noRowsAreRefused() {
        assertThatThrownBy(() -> LocalModel.train(PARCELS, List.of(), SETTINGS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing to learn from");
        assertThatThrownBy(() -> LocalModel.train(PARCELS, rows("Refund", " ", "\t"), SETTINGS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("of 2 rows none has a text");
    }

    @Test
    void categoriesOutsideTheTaxonomyAreRefused() {
        List<LabelledText> rows = small();
        rows.addAll(rows("refund", "x", "y"));
        rows.addAll(rows("Complaint", "z"));
        assertThatThrownBy(() -> LocalModel.train(PARCELS, rows, SETTINGS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("3 of 7 rows")
                .hasMessageContaining("\"refund\" (2), \"Complaint\" (1)");
    }

    @Test
    void blankRowsArePassedOver() {
        List<LabelledText> rows = small();
        rows.addAll(rows("Other", "", "  "));
        ModelCard card = LocalModel.train(PARCELS, rows, SETTINGS).card();
        assertThat(card.rowsGiven()).isEqualTo(6);
        assertThat(card.rowsUsed()).isEqualTo(4);
        assertThat(card.categoriesWithoutRows()).containsExactly("Other");
    }

    @Test
    void textsOfAMegabyte() {
        List<LabelledText> rows = small();
        rows.add(new LabelledText("money back now ".repeat(70_000), "Refund"));
        rows.add(new LabelledText("x".repeat(1 << 20), "Other"));
        LocalModel model = LocalModel.train(PARCELS, rows, SETTINGS);
        assertThat(model.predict("please money back ".repeat(60_000)).category())
                .isEqualTo("Refund");
    }

    @Test
    void moreFeaturesThanAModelHolds() {
        long seed = 4;
        Random random = new Random(seed);
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "refund " : "parcel ");
            while (text.length() < 16_000) {
                // Ideographs, so that hardly a piece comes twice.
                text.append((char) ('\u4e00' + random.nextInt(20_000)));
            }
            rows.add(new LabelledText(text.toString(), i % 2 == 0 ? "Refund" : "Delivery"));
        }
        LocalModel model = LocalModel.train(PARCELS, rows, SETTINGS);
        assertThat(model.card().features()).as("seed %d", seed).isEqualTo(Features.MAX_SIZE);
        assertThat(model.predict("refund").category()).isEqualTo("Refund");
    }

    @Test
    void fiveHundredCategories() {
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            rows.add(new LabelledText("about thing" + i % 500 + " and word" + i, "c" + i % 500));
        }
        Taxonomy taxonomy = new Taxonomy(
                "", IntStream.range(0, 500).mapToObj(i -> Category.of("c" + i)).toList(), true);
        LocalModel model = LocalModel.train(taxonomy, rows, SETTINGS.withFolds(2));
        assertThat(model.predict("a thing137 of mine").category()).isEqualTo("c137");
    }

    @Test
    void fromMoreRowsThanFitARandomPartIsDrawn() {
        long seed = 9;
        Random random = new Random(seed);
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String category = i % 100 == 0 ? "Other" : i % 2 == 0 ? "Refund" : "Delivery";
            rows.add(new LabelledText(category + " word" + random.nextInt(50), category));
        }
        Collections.sort(rows, (a, b) -> a.category().compareTo(b.category()));
        ModelCard card = LocalModel.train(PARCELS, rows, SETTINGS.withMaxCharacters(10_000))
                .card();
        assertThat(card.rowsGiven()).isEqualTo(5_000);
        assertThat(card.rowsUsed()).as("seed %d", seed).isBetween(600L, 1_000L);
        assertThat(card.rowsPerCategory().get("Other")).isEqualTo(50);
        assertThat(card.rowsPerCategory().get("Refund")).isBetween(250, 480);
        assertThat(card.dataFingerprint())
                .isNotEqualTo(LocalModel.train(
                                PARCELS,
                                rows,
                                SETTINGS.withMaxCharacters(10_000).withSeed(2))
                        .card()
                        .dataFingerprint());
    }

    @Test
    void otherCategoriesThanTheModelsAreRefused() {
        LocalModel model = LocalModel.train(PARCELS, small(), SETTINGS);
        assertThatThrownBy(() -> LocalCategorizer.of(model, Taxonomy.of("Refund", "Parcel", "Other")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not know: Parcel")
                .hasMessageContaining("lack: Delivery");
    }

    @Test
    void canBeTakenApartAndPutTogether() {
        LocalModel model = LocalModel.train(PARCELS, small(), SETTINGS);
        LocalModel again = new LocalModel(
                model.taxonomy(), model.labels(), model.features(), model.weights(), model.calibration(), model.card());
        assertThat(again.digest()).isEqualTo(model.digest());
        assertThat(again.predict("my money")).isEqualTo(model.predict("my money"));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        LocalModel model = LocalModel.train(PARCELS, small(), SETTINGS);
        assertThatThrownBy(() -> new LocalModel(
                        PARCELS,
                        List.of("Refund", "Refund"),
                        model.features(),
                        model.weights(),
                        Optional.empty(),
                        model.card()))
                .hasMessageContaining("two different labels");
        LinearWeights fewer = new LinearWeights(2, new float[4], new float[2]);
        assertThatThrownBy(() -> new LocalModel(
                        PARCELS, model.labels(), model.features(), fewer, Optional.empty(), model.card()))
                .hasMessageContaining("found 2 and 2");
        float[] weights = model.weights().weights().clone();
        weights[0] = Float.NaN;
        LinearWeights broken = new LinearWeights(2, weights, new float[2]);
        assertThatThrownBy(() -> new LocalModel(
                        PARCELS, model.labels(), model.features(), broken, Optional.empty(), model.card()))
                .hasMessageContaining("NaN");
    }

    private static List<LabelledText> small() {
        List<LabelledText> rows = rows("Refund", "I want my money back", "refund please");
        rows.addAll(rows("Delivery", "where is my parcel", "when does it arrive"));
        return rows;
    }

    private static List<LabelledText> rows(String category, String... texts) {
        List<LabelledText> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(new LabelledText(text, category));
        }
        return rows;
    }
}
