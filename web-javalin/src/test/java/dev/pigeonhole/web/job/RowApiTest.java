package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.web.contract.ContractAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a finished job over HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RowApiTest {
    private static final int ROWS = 120;

    @TempDir
    static Path folder;

    private static JobServer server;
    private static String id;

    @BeforeAll
    static void aFinishedJob() {
        server = new JobServer(folder);
        id = finished("tickets");
    }

    private static String finished(String name) {
        String job = server.begin(name, ROWS);
        server.await(job, "completed");
        return job;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode get(String path) {
        return get(id, path);
    }

    private static JsonNode get(String job, String path) {
        return server.client.get("/jobs/" + job + path).expect(200).json();
    }

    private static JsonNode review(String job, int row, Map<String, String> verdict) {
        return server.client
                .put("/jobs/" + job + "/rows/" + row + "/review", verdict)
                .expect(200)
                .json();
    }

    @Test
    void aPageShowsRowsWithTheirTexts() {
        JsonNode page = get("/rows?skip=10&limit=5");
        assertThat(page.path("total").asInt()).isEqualTo(ROWS);
        assertThat(page.path("items")).hasSize(5);
        JsonNode row = page.path("items").path(0);
        assertThat(row.path("row").asInt()).isEqualTo(11);
        assertThat(row.path("id").asText()).isEqualTo("T-11");
        assertThat(row.path("text").asText()).contains("customer 11,");
        assertThat(get("/rows?sort=-row&limit=1")
                        .path("items")
                        .path(0)
                        .path("text")
                        .asText())
                .contains("customer " + ROWS + ",");
    }

    @Test
    void filtersAndFacetsAgree() {
        JsonNode facets = get("/facets");
        assertThat(facets.path("total").asInt()).isEqualTo(ROWS);
        for (JsonNode category : facets.path("category")) {
            String name = category.path("name").asText();
            JsonNode page = get("/rows?category=" + name + "&limit=200");
            assertThat(page.path("total").asInt())
                    .isEqualTo(category.path("rows").asInt());
            page.path("items")
                    .forEach(row -> assertThat(row.path("category").asText()).isEqualTo(name));
        }
        assertThat(get("/rows?status=failed").path("total").asInt()).isZero();
    }

    @Test
    void aQueryThatMeansNothingIsRefused() {
        for (String query : List.of(
                "status=nothing",
                "cause=nothing",
                "sort=nothing",
                "limit=0",
                "limit=201",
                "limit=x",
                "skip=-1",
                "reviewed=2")) {
            server.client.get("/jobs/" + id + "/rows?" + query).expect(400);
        }
    }

    @Test
    void textsCanBeSearchedOnceTheyWereMadeSearchable() {
        ContractAnswer first = server.client.get("/jobs/" + id + "/rows?q=customer+11");
        if (first.status() != 200) {
            first.expect(503);
            assertThat(first.json().path("progress").isNumber()).isTrue();
        }
        JobServer.await(
                () -> server.client.get("/jobs/" + id + "/rows?q=customer+115").status() == 200);
        JsonNode page = get("/rows?q=customer+115");
        assertThat(page.path("total").asInt()).isOne();
        assertThat(page.path("items").path(0).path("row").asInt()).isEqualTo(115);
        assertThat(get("/facets?q=customer+115").path("total").asInt()).isOne();
    }

    @Test
    void aRowHasAllItsColumns() {
        JsonNode row = get("/rows/7");
        assertThat(row.path("columns").path(0).path("name").asText()).isEqualTo("id");
        assertThat(row.path("columns").path(0).path("value").asText()).isEqualTo("T-7");
        assertThat(row.path("columns").path(1).path("text").asBoolean()).isTrue();
        assertThat(row.path("calls")).isEmpty();
        server.client.get("/jobs/" + id + "/rows/0").expect(404);
        server.client.get("/jobs/" + id + "/rows/" + (ROWS + 1)).expect(404);
        server.client.get("/jobs/" + id + "/rows/x").expect(404);
    }

    @Test
    void whatAPersonSaysHoldsAtOnceAndGoesIntoTheOutputWhenItIsPublished() throws Exception {
        String judged = finished("judged");
        Path output = folder.resolve("judged.csv.output.csv");
        byte[] before = Files.readAllBytes(output);
        JsonNode row = review(judged, 1, Map.of("verdict", "category", "category", "Delivery"));
        assertThat(row.path("category").asText()).isEqualTo("Delivery");
        assertThat(row.path("source").asText()).isEqualTo("human");
        assertThat(row.path("machine").path("category").asText()).isEqualTo("Login");
        assertThat(row.path("published").asBoolean()).isFalse();
        assertThat(get(judged, "/rows?reviewed=true").path("total").asInt()).isOne();

        JsonNode job = get(judged, "");
        assertThat(job.path("reviewed").asInt()).isOne();
        assertThat(job.path("output").path("unpublished").asInt()).isOne();
        byte[] streamed = server.client
                .get("/jobs/" + judged + "/download?format=csv")
                .expect(200)
                .bytes();
        assertThat(new String(streamed, StandardCharsets.UTF_8)).contains("Delivery,categorized,,human");

        server.client.post("/jobs/" + judged + "/publish").expect(202);
        JobServer.await(() -> get(judged, "").path("output").path("unpublished").asInt() == 0
                && get(judged, "").path("state").asText().equals("completed"));
        assertThat(Files.readAllBytes(output)).isEqualTo(streamed);

        JsonNode undone =
                server.client.post("/jobs/" + judged + "/undo").expect(200).json();
        assertThat(undone.path("undone").path("category").asText()).isEqualTo("Login");
        server.client.post("/jobs/" + judged + "/publish").expect(202);
        JobServer.await(() -> get(judged, "").path("output").path("unpublished").asInt() == 0
                && get(judged, "").path("state").asText().equals("completed"));
        assertThat(Files.readAllBytes(output)).isEqualTo(before);
        server.client.post("/jobs/" + judged + "/undo").expect(409);
    }

    @Test
    void aCategoryThatTheJobDoesNotHaveIsRefusedWithTheNearest() {
        JsonNode problem = server.client
                .put("/jobs/" + id + "/rows/1/review", Map.of("verdict", "category", "category", "Delivry"))
                .expect(422)
                .json();
        assertThat(problem.path("errors").path(0).path("suggestion").asText()).isEqualTo("Delivery");
    }

    @Test
    void theDownloadsHaveNamesAndSayThatTheyAreComplete() {
        ContractAnswer csv = server.client.get("/jobs/" + id + "/download").expect(200);
        assertThat(csv.header("Content-Disposition")).contains("filename=\"tickets-categorized.csv\"");
        assertThat(csv.header("X-Complete")).isEqualTo("true");
        String excel = server.client
                .get("/jobs/" + id + "/download?format=excel")
                .expect(200)
                .text();
        assertThat(excel).startsWith("\ufeff").contains("\r\n");
        assertThat(server.client
                        .get("/jobs/" + id + "/download?format=errors")
                        .expect(200)
                        .text()
                        .lines())
                .hasSize(1);
        server.client.get("/jobs/" + id + "/download?format=pdf").expect(400);
    }
}
