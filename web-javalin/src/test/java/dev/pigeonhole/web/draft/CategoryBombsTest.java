package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.contract.ContractAnswer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Category files that are too much, sent to the page: each is refused with its reason, and the draft stays as it was. */
class CategoryBombsTest {
    @TempDir
    static Path workspace;

    private static DraftServer server;

    @BeforeAll
    static void start() {
        server = new DraftServer(workspace);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ContractAnswer refused(String name, String text) {
        String draft = server.newDraft();
        ContractAnswer answer = server.client.post(draft + "/categories/import", Map.of("name", name, "text", text));
        assertThat(answer.status()).isIn(413, 422);
        assertThat(answer.json().path("detail").textValue()).hasSizeLessThan(600);
        assertThat(server.get(draft).path("categories").path("categories")).isEmpty();
        return answer;
    }

    @Test
    void aliasesThatMultiply() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        assertThat(refused("c.yaml", laughs + "categories: *a29\n").json().toString())
                .contains("alias");
    }

    @Test
    void moreThanTwoThousandNames() {
        String names =
                IntStream.rangeClosed(1, 2_001).mapToObj(i -> "name " + i).collect(Collectors.joining("\n"));
        assertThat(refused("c.txt", names).json().toString()).contains("2000");
    }

    @Test
    void namesTwiceAndNoNames() {
        refused("c.txt", "Billing\nLogin\nbilling \n");
        refused("c.yaml", "categories: []\n");
        refused("c.txt", "\n\n");
    }

    @Test
    void brackets() {
        refused("c.json", "[".repeat(100_000));
        refused("c.yaml", "- ".repeat(100_000));
    }

    @Test
    void moreThanAMebibyte() {
        refused("c.txt", "x".repeat((1 << 20) + 1));
    }
}
