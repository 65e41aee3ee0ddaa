package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfTrainingTest {
    private static final Outcome UNMATCHED = Outcome.unmatched("local");
    private static final Taxonomy NAMES = Taxonomy.of("Billing", "Shipping");

    /** Each text has a category's name or words that often stand beside it, or both. */
    private static final List<String> INPUT = input(11);

    private static List<String> input(long seed) {
        Random random = new Random(seed);
        List<String> billing = List.of("billing", "invoice", "charged", "amount", "refund");
        List<String> shipping = List.of("shipping", "parcel", "courier", "doorstep", "delivered");
        return IntStream.range(0, 200)
                .mapToObj(i -> sentence(random, i % 2 == 0 ? billing : shipping))
                .toList();
    }

    private static String sentence(Random random, List<String> words) {
        List<String> filler = List.of("please", "today", "again", "hello", "thanks", "why");
        return String.join(
                " ",
                filler.get(random.nextInt(filler.size())),
                words.get(random.nextInt(words.size())),
                words.get(random.nextInt(words.size())),
                words.get(random.nextInt(words.size())),
                filler.get(random.nextInt(filler.size())));
    }

    @Test
    void learnsWordsThatStandBesideTheNames() {
        String text = "the billing amount refund";
        String other = "the courier parcel and shipping";
        LocalCategorizer plain = LocalCategorizer.of(NAMES);
        LocalCategorizer trained = LocalCategorizer.of(NAMES, 0, INPUT);
        assertThat(category(trained, text)).isEqualTo("Billing");
        assertThat(category(trained, other)).isEqualTo("Shipping");
        assertThat(confidence(trained, text)).isGreaterThan(confidence(plain, text));
    }

    @Test
    void examplesAreNotForgotten() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                List.of(
                        new Category("One", "", List.of(), List.of("charged the wrong amount", "invoice missing")),
                        new Category("Two", "", List.of(), List.of("parcel not delivered", "courier came late"))),
                true);
        LocalCategorizer trained = LocalCategorizer.of(taxonomy, 0, INPUT);
        for (Category category : taxonomy.categories()) {
            for (String example : category.examples()) {
                assertThat(category(trained, example)).isEqualTo(category.name());
            }
        }
        assertThat(trained.fingerprint()).containsEntry("local.method", "logistic");
    }

    @Test
    void sameInputSameAnswersOnAnyThread() throws Exception {
        List<Outcome> expected = answers(LocalCategorizer.of(NAMES, 0, INPUT));
        LocalCategorizer again = LocalCategorizer.of(NAMES, 0, List.copyOf(INPUT));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Outcome>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> answers(again)));
            }
            for (Future<List<Outcome>> one : all) {
                assertThat(one.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Outcome> answers(LocalCategorizer categorizer) {
        return INPUT.stream().map(text -> ask(categorizer, text)).toList();
    }

    @Test
    void fingerprintChangesWithTheInput() {
        assertThat(LocalCategorizer.of(NAMES, 0, INPUT).fingerprint())
                .isEqualTo(LocalCategorizer.of(NAMES, 0, input(11)).fingerprint())
                .isNotEqualTo(LocalCategorizer.of(NAMES, 0, input(12)).fingerprint())
                .containsEntry("local.self-training", "on")
                .containsEntry("local.method", "means");
    }

    @Test
    void noInputIsAsIfNotAsked() {
        LocalCategorizer none = LocalCategorizer.of(NAMES, 0, List.of());
        assertThat(none.fingerprint()).isEqualTo(LocalCategorizer.of(NAMES).fingerprint());
        assertThat(answers(none)).isEqualTo(answers(LocalCategorizer.of(NAMES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwzx vvkj pfff", "日本語のテキストです", "????", "4711"})
    void gibberishIsUnmatchedEvenIfTheInputIsFullOfIt(String text) {
        List<String> input = Stream.concat(
                        INPUT.stream(), IntStream.range(0, 100).mapToObj(i -> text + " " + i))
                .toList();
        assertThat(ask(LocalCategorizer.of(NAMES, 0, input), text)).isEqualTo(UNMATCHED);
    }

    @Test
    void inputThatHasNothingToDoWithTheCategories() {
        List<String> input = IntStream.range(0, 50).mapToObj(i -> "日本語 " + i).toList();
        LocalCategorizer trained = LocalCategorizer.of(NAMES, 0, input);
        assertThat(category(trained, "a question about shipping")).isEqualTo("Shipping");
        assertThat(ask(trained, "日本語")).isEqualTo(UNMATCHED);
    }

    /** A weight for each of its features and each category would be too many; without them there is room to learn from examples. */
    @Test
    void inputWithTooManyFeaturesIsLeftOut() {
        long seed = 3;
        Random random = new Random(seed);
        List<Category> categories = IntStream.range(0, 200)
                .mapToObj(i -> new Category("thing" + i, "", List.of(), List.of("about thing" + i + " today")))
                .toList();
        List<String> input = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String words = random.ints(8, 0, 1 << 30)
                    .mapToObj(number -> Integer.toString(number, Character.MAX_RADIX))
                    .collect(Collectors.joining(" "));
            input.add("thing" + i % 200 + " " + words);
            input.add("thing" + i % 199 + " " + words);
        }
        LocalCategorizer trained = LocalCategorizer.of(new Taxonomy("", categories, true), 0, input);
        assertThat(trained.fingerprint()).as("seed %d", seed).containsEntry("local.method", "logistic");
        assertThat(category(trained, "about thing42 today")).isEqualTo("thing42");
    }

    @Test
    void oneCategory() {
        LocalCategorizer trained = LocalCategorizer.of(Taxonomy.of("Billing"), 0, INPUT);
        assertThat(ask(trained, "billing")).isEqualTo(Outcome.categorized("Billing", "local"));
        assertThat(ask(trained, "qwzx vvkj")).isEqualTo(UNMATCHED);
    }

    @Test
    void anyScript() {
        List<String> input = IntStream.range(0, 60)
                .mapToObj(i -> i % 2 == 0 ? "请问 退款 金额 " + i : "где моя доставка посылка " + i)
                .toList();
        LocalCategorizer trained = LocalCategorizer.of(Taxonomy.of("退款", "Доставка"), 0, input);
        assertThat(category(trained, "退款 金额")).isEqualTo("退款");
        assertThat(category(trained, "доставка и посылка")).isEqualTo("Доставка");
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
