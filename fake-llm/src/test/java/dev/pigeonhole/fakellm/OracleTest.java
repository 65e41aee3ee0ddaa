package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleTest {
    private static final List<String> CATEGORIES = Asking.CATEGORIES;

    @TempDir
    Path folder;

    @Test
    void byHashEachCategoryComesAboutAsOftenAndNoneNever() {
        Oracle oracle = Oracle.byHash(7);
        Map<String, Long> counts = IntStream.range(0, 3_000)
                .mapToObj(i -> oracle.categoryOf("text " + i, CATEGORIES))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(counts).containsOnlyKeys("Billing", "Refund", "Login");
        assertThat(counts.values()).allMatch(count -> count > 850 && count < 1_150);
        assertThat(oracle.categoryOf("x", CATEGORIES))
                .isEqualTo(Oracle.byHash(7).categoryOf("x", CATEGORIES));
        assertThat(oracle.categoryOf("x", List.of())).isEqualTo(Oracle.NONE);
    }

    @Test
    void byKeywordsTheFirstOneDecides() {
        Oracle oracle = Oracle.byKeywords(Map.of("Invoice", "Billing"));

        assertThat(oracle.categoryOf("My INVOICE is wrong", CATEGORIES)).isEqualTo("Billing");
        assertThat(oracle.categoryOf("hello", CATEGORIES)).isEqualTo("__none__");
    }

    @Test
    void labelsAreFoundWhateverHappenedToSpacesAndTheMiddle() throws IOException {
        Path csv = folder.resolve("labels.csv");
        String tail = "x".repeat(500);
        Files.writeString(
                csv,
                "\uFEFFid,text,label\r\n1,\"Say \"\"hi\"\",\nthen go\",Login\r\n2,plain,Refund\n\n3,abc "
                        + "y".repeat(90) + tail + ",Billing\n4,short row\n");
        Oracle oracle = Oracle.labelled(csv);

        assertThat(oracle.categoryOf("Say \"hi\", then go", CATEGORIES)).isEqualTo("Login");
        assertThat(oracle.categoryOf("plain", CATEGORIES)).isEqualTo("Refund");
        assertThat(oracle.categoryOf("abc " + "y".repeat(90) + " [...] xx", CATEGORIES))
                .isEqualTo("Billing");
        assertThat(oracle.categoryOf("unknown", CATEGORIES)).isEqualTo("__none__");
        assertThat(Oracle.labelled(csv, List.of("id", "text"), "label").categoryOf("2\nplain", CATEGORIES))
                .isEqualTo("Refund");
        assertThatThrownBy(() -> Oracle.labelled(csv, List.of("body"), "label"))
                .hasMessageContaining("[id, text, label]");
    }

    @Test
    void errorsAreStableAndAsManyAsTold() {
        long seed = new Random().nextLong();
        Oracle truth = Oracle.byHash(1);
        Oracle wrong = truth.withErrors(0.1, seed);
        List<String> texts =
                IntStream.range(0, 5_000).mapToObj(i -> "text " + i).toList();

        long errors = texts.stream()
                .filter(text -> !wrong.categoryOf(text, CATEGORIES).equals(truth.categoryOf(text, CATEGORIES)))
                .count();

        assertThat(errors).as("seed %d", seed).isBetween(350L, 650L);
        assertThat(texts).allSatisfy(text -> {
            assertThat(wrong.categoryOf(text, CATEGORIES)).isEqualTo(wrong.categoryOf(text, CATEGORIES));
            assertThat(CATEGORIES).contains(wrong.categoryOf(text, CATEGORIES));
        });
        assertThat(texts)
                .allSatisfy(text -> assertThat(truth.withErrors(0, seed).categoryOf(text, CATEGORIES))
                        .isEqualTo(truth.categoryOf(text, CATEGORIES)));
    }

    @Test
    void errorsGrowWithTheRequest() {
        long seed = new Random().nextLong();
        Oracle truth = Oracle.byHash(1);
        Oracle tired = truth.withErrorsBySize(0.01, seed);
        List<String> texts =
                IntStream.range(0, 5_000).mapToObj(i -> "text " + i).toList();

        assertThat(texts)
                .allSatisfy(text -> assertThat(tired.categoryOf(text, CATEGORIES, 1))
                        .isEqualTo(truth.categoryOf(text, CATEGORIES)));
        List<String> wrong = texts.stream()
                .filter(text -> !tired.categoryOf(text, CATEGORIES, 11).equals(truth.categoryOf(text, CATEGORIES)))
                .toList();
        assertThat(wrong.size()).as("seed %d", seed).isBetween(350, 650);
        assertThat(wrong)
                .allSatisfy(text -> assertThat(tired.categoryOf(text, CATEGORIES, 40))
                        .isNotEqualTo(truth.categoryOf(text, CATEGORIES)));
    }

    @Test
    void categoriesAreFoundInInstructions() {
        String barred = "You classify. If none fits: __none__\nCATEGORIES (name | notes)\nLOGIN | in\n- x: y | money\n"
                + "{\"name\":\"a | b\",\"notes\":\"n\"}\n\"Log | in\"\nplain\nEXAMPLES\nnot this";

        assertThat(CategoryList.in(barred, Asking.JSON))
                .containsExactly("LOGIN", "x: y", "a | b", "Log | in", "plain", "__none__");
        assertThat(CategoryList.in("CATEGORIES\nRefund: back\nb\n\nmore", Asking.JSON))
                .containsExactly("Refund", "b");
        assertThat(CategoryList.in("nothing", Asking.JSON)).isEmpty();
    }

    @Test
    void marksBesideATextAreNotPartOfIt() throws Exception {
        try (FakeLlm server = FakeLlm.builder().start()) {
            ObjectNode body = Asking.plain(List.of());
            ((ObjectNode) body.path("messages").path(1))
                    .put(
                            "content",
                            "<records-x1>\n{\"id\":\"r01\",\"text\":\"a\",\"cut\":true,\"more\":\"b\"}\n</records-x1>");
            Asking.ask(server, body);
            assertThat(server.bill().of("a\nb").good()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatTheSchemaForbidsBecomesNone() throws Exception {
        try (FakeLlm server =
                FakeLlm.builder().oracle((text, categories) -> "Invented").start()) {
            assertThat(Asking.answer(Asking.ask(server, Asking.keyed(Asking.texts(2)))))
                    .allMatch(name -> name.asText().equals("__none__"));
        }
    }
}
