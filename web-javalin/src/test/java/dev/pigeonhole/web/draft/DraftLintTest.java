package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is foretold of the categories of a draft; each answer is held against the contract by the client. */
@TestInstance(Lifecycle.PER_CLASS)
class DraftLintTest {
    private static final String CATEGORIES = """
            {"categories":[
              {"name":"Late parcel","description":"It comes too late","examples":["where is it"]},
              {"name":"Lost parcel","description":"It never comes","examples":["it is gone"]},
              {"name":"Login","description":"Getting in","examples":["cannot sign in"]}]}
            """;

    private DraftServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = new DraftServer(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String confusing() {
        String draft = server.draftOf(IntStream.range(0, 30)
                .mapToObj(i -> "the parcel " + i * 37 % 90 + " is <b>late</b>,Late parcel\nthe parcel "
                        + (i + 30) * 37 % 90 + " is <b>late</b>,Lost parcel\npassword " + i + " forgotten again,Login")
                .collect(Collectors.joining("\n", "text,label\n", "\n")));
        server.client.put(draft + "/categories", CATEGORIES).expect(200);
        return draft;
    }

    private void columns(String draft, Map<String, ?> columns) {
        server.client.patch(draft, Map.of("columns", columns)).expect(200);
    }

    private static List<String> kinds(JsonNode lint) {
        return lint.get("notes").findValuesAsText("kind");
    }

    @Test
    void aTruthColumnTellsWhatIsConfusedAndInWhichTexts() {
        String draft = confusing();
        columns(draft, Map.of("text", List.of("text"), "truth", "label"));

        JsonNode lint = server.get(draft + "/lint");

        assertThat(lint.get("rows").intValue()).isEqualTo(90);
        assertThat(lint.get("judged").intValue()).isEqualTo(90);
        assertThat(lint.get("right").intValue()).isBetween(30, 80);
        JsonNode note = lint.get("notes").get(0);
        assertThat(note.get("kind").textValue()).isEqualTo("confused");
        assertThat(note.get("level").textValue()).isEqualTo("warning");
        assertThat(note.get("category").textValue()).isEqualTo("Late parcel");
        assertThat(note.get("other").textValue()).isEqualTo("Lost parcel");
        assertThat(note.get("examples").get(0).get("text").textValue())
                .as("as it stands in the file")
                .contains("<b>late</b>");
        assertThat(server.get(draft + "/lint")).as("the same again").isEqualTo(lint);
    }

    @Test
    void withoutOneRowsBetweenTwoCategoriesAreTold() {
        String draft = confusing();
        columns(draft, Map.of("text", List.of("text")));
        server.client
                .put(
                        draft + "/categories",
                        "{\"categories\":[{\"name\":\"Slow\",\"description\":\"parcel is late\"},"
                                + "{\"name\":\"Gone\",\"description\":\"parcel is late\"},"
                                + "{\"name\":\"Keys\",\"description\":\"password forgotten\"}]}")
                .expect(200);

        JsonNode lint = server.get(draft + "/lint");

        assertThat(lint.get("rows").intValue()).isEqualTo(90);
        assertThat(lint.get("judged").intValue()).isZero();
        assertThat(kinds(lint)).contains("hard-to-tell").doesNotContain("confused");
    }

    @Test
    void aTruthColumnThatIsPartOfTheTextIsNoTruth() {
        String draft = confusing();
        columns(draft, Map.of("text", List.of("text", "label"), "truth", "label"));

        assertThat(server.get(draft + "/lint").get("judged").intValue()).isZero();
    }

    @Test
    void aChangeOfTheCategoriesIsAnotherQuestion() {
        String draft = confusing();
        columns(draft, Map.of("text", List.of("text"), "truth", "label"));
        JsonNode before = server.get(draft + "/lint");
        server.client
                .put(draft + "/categories", "{\"categories\":[{\"name\":\"Late parcel\"},{\"name\":\"Login\"}]}")
                .expect(200);

        JsonNode after = server.get(draft + "/lint");

        assertThat(kinds(before)).doesNotContain("unknown-label");
        assertThat(kinds(after)).contains("unknown-label").doesNotContain("confused");
        assertThat(after.get("judged").intValue()).isEqualTo(60);
    }

    @Test
    void withoutCategoriesOrAFileThereIsLittleToSay() {
        String draft = server.newDraft();
        assertThat(server.get(draft + "/lint").get("notes")).isEmpty();
        server.client.put(draft + "/categories", CATEGORIES).expect(200);
        assertThat(server.get(draft + "/lint").get("rows").intValue()).isZero();
    }

    @Test
    void aFileWithoutATextColumnOrWithoutAFormIsNotTried() {
        String draft = server.draftOf("a,b\n1,2\n");
        server.client.put(draft + "/categories", CATEGORIES).expect(200);
        assertThat(server.get(draft + "/lint").get("rows").intValue()).isZero();
        String broken = server.draftOf("text\n\"open\n");
        server.client.put(broken + "/categories", CATEGORIES).expect(200);
        assertThat(server.get(broken + "/lint").get("rows").intValue()).isZero();
    }

    @Test
    void theSampleOfTheProgramIsTriedToo() {
        JsonNode lint = server.get(server.sample("tickets") + "/lint");
        assertThat(lint.get("rows").intValue()).isEqualTo(39);
    }

    @Test
    void manyCategoriesForTheRowsOfACallMatterToAModelOnly() {
        String draft = server.newDraft();
        String categories = IntStream.range(0, 60)
                .mapToObj(i -> "{\"name\":\"c" + i + "\"}")
                .collect(Collectors.joining(",", "{\"categories\":[", "]}"));
        JsonNode local =
                server.client.put(draft + "/categories", categories).expect(200).json();
        JsonNode asked = server.client
                .patch(draft, Map.of("settings", Map.of("provider", "openai", "model", "any")))
                .expect(200)
                .json();

        assertThat(local.get("lint").findValuesAsText("kind")).doesNotContain("sub-batch");
        assertThat(asked.get("lint").findValuesAsText("kind")).contains("sub-batch");
    }
}
