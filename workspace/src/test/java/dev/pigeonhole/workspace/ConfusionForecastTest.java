package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.workspace.LintNote.Example;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfusionForecastTest {
    private static final Taxonomy THREE = Taxonomy.of("billing", "refund", "login");

    private final WordRanker rankers = new WordRanker();

    private static List<LabelledText> rows(String category, String text, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LabelledText(text + " n" + category + i, category))
                .toList();
    }

    @SafeVarargs
    private static LintSample labelled(List<LabelledText>... rows) {
        List<LabelledText> all = new ArrayList<>();
        for (List<LabelledText> each : rows) {
            all.addAll(each);
        }
        return new LintSample(all, true);
    }

    @SafeVarargs
    private static LintSample plain(List<LabelledText>... rows) {
        List<LabelledText> all = new ArrayList<>();
        for (List<LabelledText> each : rows) {
            all.addAll(each);
        }
        return new LintSample(all, false);
    }

    private List<LintNote> notes(Taxonomy taxonomy, LintSample sample, Kind kind) {
        return ConfusionForecast.of(rankers, taxonomy, sample).notes().stream()
                .filter(note -> note.kind() == kind)
                .toList();
    }

    /** The words of one are found in so many rows of the other. */
    @ParameterizedTest
    @CsvSource({
        "40, 0,  ''",
        "38, 2,  ''", // too few rows to say anything
        "33, 7,  HINT",
        "27, 13, WARNING"
    })
    void pairsThatAreTakenForEachOtherAreTold(int right, int wrong, String level) {
        LintSample sample = labelled(
                rows("billing", "invoice amount", right),
                rows("billing", "money back", wrong),
                rows("refund", "money back", 40),
                rows("login", "password", 40));

        List<LintNote> found = notes(THREE, sample, Kind.CONFUSED);

        assertThat(found).hasSize(level.isEmpty() ? 0 : 1).allSatisfy(note -> {
            assertThat(note.level()).isEqualTo(Level.valueOf(level));
            assertThat(note.category()).isEqualTo("billing");
            assertThat(note.other()).isEqualTo("refund");
            assertThat(note.detail())
                    .isEqualTo("\"billing\" and \"refund\" are taken for each other in " + wrong + " of their 80 rows ("
                            + Math.round(wrong / 0.8) + " %): " + wrong + " of the first, 0 of the second");
            assertThat(note.hint()).contains("descriptions");
            assertThat(note.examples())
                    .hasSize(2)
                    .allMatch(example -> example.category().equals("billing")
                            && example.text().startsWith("money back"));
        });
    }

    @Test
    void noRowHelpsToGuessItself() {
        // Each text is like no other: whoever has seen it knows it, whoever has not cannot.
        List<LabelledText> rows = IntStream.range(0, 30)
                .mapToObj(i -> new LabelledText(
                        "word" + i, List.of("billing", "refund", "login").get(i % 3)))
                .toList();

        ConfusionForecast forecast = ConfusionForecast.of(rankers, THREE, labelled(rows));

        assertThat(forecast.judged()).isEqualTo(30);
        assertThat(forecast.right()).isZero();
        assertThat(rankers.known()).isEqualTo(24);
    }

    @Test
    void aCategoryWhoseRowsLookLikeAllKindsOfThingsIsTold() {
        LintSample sample = labelled(
                rows("billing", "invoice", 20),
                rows("refund", "money", 20),
                rows("login", "invoice", 2),
                rows("login", "money", 2),
                IntStream.range(0, 5)
                        .mapToObj(i -> new LabelledText("strange" + i, "login"))
                        .toList());

        assertThat(notes(THREE, sample, Kind.CONFUSED)).isEmpty();
        assertThat(notes(THREE, sample, Kind.SELDOM_FOUND))
                .extracting(LintNote::category)
                .containsExactly("login");
    }

    @Test
    void labelsThatAreNoCategoryAreToldAndLeftOut() {
        LintSample sample =
                labelled(rows("BILLING", "invoice", 6), rows("refunds", "money", 3), rows("vip", "hello", 1));

        ConfusionForecast forecast = ConfusionForecast.of(rankers, THREE, sample);

        assertThat(forecast.judged()).as("case and space make no other label").isEqualTo(6);
        assertThat(notes(THREE, sample, Kind.UNKNOWN_LABEL))
                .extracting(LintNote::detail)
                .containsExactly("4 of 10 rows are labelled with what is no category here: \"refunds\" (did you mean"
                        + " \"refund\"?), \"vip\"");
    }

    @Test
    void aSampleOfUnknownLabelsOnlyTellsThat() {
        ConfusionForecast forecast = ConfusionForecast.of(rankers, THREE, labelled(rows("vip", "hello", 40)));

        assertThat(forecast.judged()).isZero();
        assertThat(forecast.notes()).extracting(LintNote::kind).containsExactly(Kind.UNKNOWN_LABEL);
    }

    @Test
    void anExampleOfTheCategoriesIsNoTestOfThem() {
        Taxonomy taxonomy =
                new Taxonomy("", List.of(new Category("a", "", List.of(), List.of("one two")), Category.of("b")), true);
        LintSample sample = labelled(List.of(
                new LabelledText("one two", "a"), new LabelledText("three", "a"), new LabelledText("four", "b")));

        assertThat(ConfusionForecast.of(rankers, taxonomy, sample).judged()).isEqualTo(2);
    }

    @Test
    void rowsBetweenTwoCategoriesAreTold() {
        LintSample sample = plain(
                rows("", "billing refund", 7), rows("", "billing", 20), rows("", "refund", 20), rows("", "login", 20));

        assertThat(notes(THREE, sample, Kind.HARD_TO_TELL)).singleElement().satisfies(note -> {
            assertThat(note.level()).isEqualTo(Level.HINT);
            assertThat(List.of(String.valueOf(note.category()), String.valueOf(note.other())))
                    .containsExactly("billing", "refund");
            assertThat(note.detail()).contains("7 of 47 rows");
            assertThat(note.examples()).hasSize(2);
        });
    }

    @ParameterizedTest
    @CsvSource({"4, 10", "5, 46"})
    void aFewRowsBetweenTwoCategoriesAreNothingOdd(int between, int clear) {
        LintSample sample = plain(rows("", "billing refund", between), rows("", "billing", clear));

        assertThat(notes(THREE, sample, Kind.HARD_TO_TELL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, HINT, '1 of 41 rows looks,'", "41, WARNING, '41 of 81 rows look,"})
    void rowsThatLookLikeNothingAreTold(int strange, String level, String detail) {
        LintSample sample = plain(rows("", "xyz", strange), rows("", "billing", 40));

        assertThat(notes(THREE, sample, Kind.FITS_NONE)).singleElement().satisfies(note -> {
            assertThat(note.level()).isEqualTo(Level.valueOf(level));
            assertThat(note.detail()).startsWith(detail);
            assertThat(note.examples()).contains(new Example("xyz n0", ""));
        });
    }

    @Test
    void aRowThatLooksLikeAllIsNoneBetweenTwo() {
        LintSample sample = plain(rows("", "billing refund login", 9), rows("", "billing", 40));

        assertThat(ConfusionForecast.of(rankers, THREE, sample).notes())
                .extracting(LintNote::kind)
                .contains(Kind.FITS_NONE)
                .doesNotContain(Kind.HARD_TO_TELL);
    }

    @ParameterizedTest
    @CsvSource({"29, 0", "30, 1"})
    void aCategoryOfWhichALargeSampleHasNothingIsTold(int rows, int notes) {
        assertThat(notes(THREE, plain(rows("", "billing", rows - 10), rows("", "refund", 10)), Kind.NOT_IN_SAMPLE))
                .hasSize(notes)
                .allMatch(note -> "login".equals(note.category()));
        assertThat(notes(THREE, labelled(rows("billing", "x", rows - 10), rows("refund", "y", 10)), Kind.NOT_IN_SAMPLE))
                .hasSize(notes)
                .allMatch(note -> note.detail().endsWith("is labelled \"login\""));
    }

    @Test
    void examplesThatLookLikeAnotherCategoryAreTold() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                List.of(
                        new Category("a", "", List.of(), List.of("bill sum", "bill total", "key lost")),
                        new Category("b", "", List.of(), List.of("key lost door", "key lost again", "door key"))),
                true);

        assertThat(ConfusionForecast.of(rankers, taxonomy).notes())
                .extracting(LintNote::kind, LintNote::category, LintNote::other, LintNote::examples)
                .containsExactly(tuple(Kind.MISPLACED_EXAMPLE, "a", "b", List.of(new Example("key lost", "a"))));
    }

    @Test
    void theCategoriesAloneAreJudgedByRankersThatDoNotKnowTheExample() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                List.of(
                        new Category("a", "", List.of(), List.of("one", "two", "three")),
                        new Category("b", "", List.of(), List.of("four", "five", "six"))),
                true);

        assertThat(ConfusionForecast.of(rankers, taxonomy).notes()).isEmpty();
        assertThat(rankers.made()).isEqualTo(3);
    }

    @Test
    void whatRowsSayOfAPairExamplesNeedNotSayAgain() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                List.of(
                        new Category("a", "", List.of(), List.of("bill sum", "bill total", "key lost")),
                        new Category("b", "", List.of(), List.of("key lost door", "key lost again", "door key"))),
                true);

        assertThat(ConfusionForecast.of(rankers, taxonomy, plain(rows("", "key bill", 10)))
                        .notes())
                .extracting(LintNote::kind)
                .containsExactly(Kind.HARD_TO_TELL);
    }

    @Test
    void ofManyPairsTheWorstComeOneByOne() {
        Taxonomy taxonomy =
                Taxonomy.of(IntStream.range(0, 14).mapToObj(i -> "word" + i).toArray(String[]::new));
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 14; i += 2) {
            rows.addAll(rows("", "word" + i + " word" + (i + 1), 5 + i));
        }

        List<LintNote> found = notes(taxonomy, plain(rows), Kind.HARD_TO_TELL);

        assertThat(found).hasSize(6);
        assertThat(found.get(5).category()).isNull();
        assertThat(found.get(5).detail()).startsWith("less so, but hard to tell apart too: \"word10\" and \"word11\"");
    }

    @Test
    void isTheSameEachTimeAndForAnyOrderOfCategoriesFindsTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String category = List.of("billing", "refund", "login").get(random.nextInt(3));
            rows.add(new LabelledText("w" + random.nextInt(12) + " v" + random.nextInt(12) + " u" + i, category));
        }
        List<Category> turned = new ArrayList<>(THREE.categories());
        Collections.reverse(turned);

        ConfusionForecast first = ConfusionForecast.of(rankers, THREE, labelled(rows));

        assertThat(ConfusionForecast.of(rankers, THREE, labelled(rows)))
                .as("seed %d", seed)
                .isEqualTo(first);
        assertThat(ConfusionForecast.of(rankers, new Taxonomy("", turned, true), labelled(rows))
                        .judged())
                .as("seed %d", seed)
                .isEqualTo(first.judged());
    }

    @Test
    void withVeryManyCategoriesFewRankersAreMade() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                IntStream.range(0, Taxonomy.MAX_CATEGORIES)
                        .mapToObj(i -> new Category("c" + i, "", List.of(), List.of("text" + i, "word" + i)))
                        .toList(),
                true);

        ConfusionForecast.of(rankers, taxonomy, labelled(rows("c1", "text", 50), rows("c2", "word", 50)));

        assertThat(rankers.made()).isEqualTo(2);
    }

    @Test
    void longTextsAreCutAndStayOnOneLine() {
        LintSample sample = plain(List.of(new LabelledText("\u0007x\n".repeat(10_000), "")));

        assertThat(notes(THREE, sample, Kind.FITS_NONE).get(0).examples())
                .singleElement()
                .satisfies(example ->
                        assertThat(example.text()).hasSizeLessThanOrEqualTo(161).doesNotContainPattern("\\p{Cc}"));
    }
}
