package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCategorizerTest {
    private static final Outcome UNMATCHED = Outcome.unmatched("local");

    private static final Taxonomy LEARNED = taxonomy(
            new Category(
                    "Billing",
                    "Invoices and payments",
                    List.of("invoice"),
                    List.of("I was charged twice this month", "the amount on my bill is wrong")),
            new Category(
                    "Shipping",
                    "Parcels on their way",
                    List.of("parcel"),
                    List.of("my order has not arrived", "where is my package")),
            new Category("Access", "", List.of("password", "login"), List.of()));

    @ParameterizedTest
    @CsvSource({
        "the bill shows a wrong amount, Billing",
        "package still not arrived, Shipping",
        "I forgot my PASSWORD, Access",
        "PARCELS, Shipping"
    })
    void learnsFromExamplesAndFromNamesAlone(String text, String expected) {
        assertThat(category(LocalCategorizer.of(LEARNED), text)).isEqualTo(expected);
    }

    @Test
    void sourceAndConfidence() {
        Outcome.Categorized outcome =
                (Outcome.Categorized) ask(LocalCategorizer.of(LEARNED), "the bill shows a wrong amount");
        assertThat(outcome.source()).isEqualTo("local");
        assertThat(outcome.confidence().orElseThrow()).isBetween(0.5, 1.0);
    }

    @Test
    void weakEvidenceHasLessConfidence() {
        LocalCategorizer categorizer = LocalCategorizer.of(LEARNED);
        assertThat(confidence(categorizer, "wrong amount on the bill"))
                .isGreaterThan(confidence(categorizer, "bill of rights and many other words of no meaning here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"qwzx vvkj pfff", "日本語のテキストです", "Привет, как дела", "🙂🙂", "????", "4711", "\u0000", "\ud83d"})
    void nothingInCommonIsUnmatched(String text) {
        assertThat(ask(LocalCategorizer.of(LEARNED), text)).isEqualTo(UNMATCHED);
        assertThat(ask(LocalCategorizer.of(Taxonomy.of("Billing", "Shipping")), text))
                .isEqualTo(UNMATCHED);
    }

    @Test
    void bestCategoryWhereUnmatchedIsNotAllowed() {
        Taxonomy taxonomy = new Taxonomy("", LEARNED.categories(), false);
        Outcome.Categorized outcome = (Outcome.Categorized) ask(LocalCategorizer.of(taxonomy, 0.9), "qwzx");
        assertThat(outcome.category()).isEqualTo("Billing");
        assertThat(outcome.confidence().orElseThrow()).isBetween(0.3, 0.4);
    }

    @Test
    void tieIsUnmatched() {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of("Size: big", "Size; big", "Colour"));
        assertThat(ask(categorizer, "a big size")).isEqualTo(UNMATCHED);
        assertThat(category(categorizer, "the colour")).isEqualTo("Colour");
    }

    @Test
    void identicalDescriptions() {
        String description = "Anything a customer writes about an order";
        LocalCategorizer categorizer = LocalCategorizer.of(taxonomy(
                new Category("Refund", description, List.of(), List.of()),
                new Category("Exchange", description, List.of(), List.of())));
        assertThat(category(categorizer, "exchange, please")).isEqualTo("Exchange");
        assertThat(category(categorizer, "I want a refund")).isEqualTo("Refund");
    }

    @Test
    void threshold() {
        String text = "the bill shows a wrong amount";
        double confidence = confidence(LocalCategorizer.of(LEARNED), text);
        assertThat(category(LocalCategorizer.of(LEARNED, confidence), text)).isEqualTo("Billing");
        assertThat(ask(LocalCategorizer.of(LEARNED, Math.nextUp(confidence)), text))
                .isEqualTo(UNMATCHED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void wrongThreshold(double threshold) {
        assertThatThrownBy(() -> LocalCategorizer.of(LEARNED, threshold)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keywordsHelp() {
        String text = "The team scored a late goal and went on to win the match in front of a large and noisy crowd";
        assertThat(ask(LocalCategorizer.of(Taxonomy.of("Sports", "Politics")), text))
                .isEqualTo(UNMATCHED);
        LocalCategorizer helped = LocalCategorizer.of(taxonomy(
                new Category("Sports", "", List.of("goal", "match"), List.of()),
                new Category("Politics", "", List.of("vote"), List.of())));
        assertThat(category(helped, text)).isEqualTo("Sports");
    }

    @Test
    void keywordInALongText() {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of("Weather", "Traffic"));
        assertThat(category(categorizer, "one two three ".repeat(200) + "traffic"))
                .isEqualTo("Traffic");
    }

    @ParameterizedTest
    @CsvSource({
        "请问什么时候可以退款, 退款",
        "أين فاتورة هذا الشهر, فاتورة",
        "где моя доставка?, Доставка",
        "ΔΙΕΎΘΥΝΣΗ ΑΠΟΣΤΟΛΉΣ, διεύθυνσης",
        "मेरा भुगतान विफल हो गया, भुगतान",
        "ฉันต้องการยกเลิกคำสั่งซื้อ, ยกเลิก",
        "IN DER STRASSE, Straße",
        "ｗｉｄｅ letters, wide",
        "my card_arrival is late, cardArrival"
    })
    void anyScript(String text, String expected) {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of(
                "退款", "فاتورة", "Доставка", "διεύθυνσης", "भुगतान", "ยกเลิก", "Straße", "wide", "cardArrival"));
        assertThat(category(categorizer, text)).isEqualTo(expected);
    }

    @Test
    void composedAndDecomposedLettersAreEqual() {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of("café", "thé"));
        assertThat(ask(categorizer, "un cafe\u0301")).isEqualTo(ask(categorizer, "un caf\u00e9"));
        assertThat(category(categorizer, "un cafe\u0301")).isEqualTo("café");
    }

    @Test
    void oneCategory() {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of("Complaint"));
        assertThat(ask(categorizer, "a complaint")).isEqualTo(Outcome.categorized("Complaint", "local"));
        assertThat(ask(categorizer, "qwzx")).isEqualTo(UNMATCHED);
    }

    @Test
    void namesWithoutAnyWord() {
        LocalCategorizer categorizer = LocalCategorizer.of(Taxonomy.of("?", "--"));
        assertThat(ask(categorizer, "anything")).isEqualTo(UNMATCHED);
        assertThat(ask(categorizer, "?")).isEqualTo(UNMATCHED);
    }

    @Test
    void twoThousandNames() {
        List<Category> categories = IntStream.range(0, Taxonomy.MAX_CATEGORIES)
                .mapToObj(i -> Category.of("product " + Integer.toString(i * 7919 + 100_000, 36) + " line " + i))
                .toList();
        LocalCategorizer categorizer = LocalCategorizer.of(new Taxonomy("", categories, true));
        for (int i = 0; i < categories.size(); i += 97) {
            String name = categories.get(i).name();
            assertThat(category(categorizer, "I bought " + name)).isEqualTo(name);
        }
    }

    @Test
    void tooMuchToTrainFallsBackToCentroids() {
        List<Category> categories = IntStream.range(0, Taxonomy.MAX_CATEGORIES)
                .mapToObj(i -> new Category(
                        "name" + i, "", List.of(), List.of("example " + Integer.toString(i * 7919 + 100_000, 36))))
                .toList();
        LocalCategorizer categorizer = LocalCategorizer.of(new Taxonomy("", categories, true));
        assertThat(categorizer.fingerprint()).containsEntry("local.method", "centroids");
        assertThat(LocalCategorizer.of(LEARNED).fingerprint()).containsEntry("local.method", "logistic");
        assertThat(category(categorizer, categories.get(1234).examples().get(0)))
                .isEqualTo("name1234");
    }

    @Test
    void equalAcrossInstancesAndLocales() {
        List<String> texts = List.of("THE BILL IS WRONG", "invoice in Istanbul", "İPTAL LOGIN", "where is my package");
        List<Outcome> expected = texts.stream()
                .map(text -> ask(LocalCategorizer.of(LEARNED), text))
                .toList();
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG", "ja-JP", "und")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                LocalCategorizer again = LocalCategorizer.of(LEARNED);
                assertThat(texts.stream().map(text -> ask(again, text)).toList())
                        .isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void fewExamplesCompeteWithMany() {
        List<String> many = IntStream.range(0, 40)
                .mapToObj(i -> "my card number " + i + " does not work")
                .toList();
        LocalCategorizer categorizer = LocalCategorizer.of(taxonomy(
                new Category("Broken card", "", List.of(), many),
                new Category("Lost card", "", List.of(), List.of("I have lost my card"))));
        assertThat(category(categorizer, "my card is lost")).isEqualTo("Lost card");
    }

    private static Taxonomy taxonomy(Category... categories) {
        return new Taxonomy("", Arrays.asList(categories), true);
    }

    private static Outcome ask(LocalCategorizer categorizer, String text) {
        return categorizer.categorize(List.of(new Item(1, text))).get(0);
    }

    private static String category(LocalCategorizer categorizer, String text) {
        return ask(categorizer, text) instanceof Outcome.Categorized categorized ? categorized.category() : "unmatched";
    }

    private static double confidence(LocalCategorizer categorizer, String text) {
        return ((Outcome.Categorized) ask(categorizer, text)).confidence().orElseThrow();
    }
}
