package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.web.contract.ContractAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File, reading, columns, categories and settings of drafts, over HTTP. */
class DraftFilesTest {
    private static final String CSV = """
            ticket_id;subject;body;team
            T-1;Charged twice;I see two payments on my account and only ordered once;Billing
            T-2;Cannot sign in;My password is refused although I have changed it yesterday;Login
            T-3;Parcel open;The parcel arrived open and I would like to have my money back;Delivery;extra
            T-4;;;Billing
            """;

    @TempDir
    Path workspace;

    private DraftServer server;

    @BeforeEach
    void start() {
        server = new DraftServer(workspace, "http://127.0.0.1:9/v1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ContractAnswer patch(String draft, Map<String, Object> change) {
        return server.client.patch(draft, change);
    }

    private Stream<Path> files(String draft) throws IOException {
        return Files.list(workspace.resolve("drafts").resolve(draft.substring("/drafts/".length())));
    }

    // ---- making and looking

    @Test
    void aNewDraftIsEmptyAndSaysWhatIsMissing() {
        ContractAnswer made = server.client.post("/drafts", "{}").expect(201);
        JsonNode draft = made.json();
        assertThat(made.header("Location"))
                .isEqualTo("/api/v1/drafts/" + draft.get("id").textValue());
        assertThat(made.header("ETag")).isEqualTo(draft.get("etag").textValue());
        assertThat(draft.get("id").textValue()).matches("[a-z0-9]{16}");
        assertThat(draft.get("file").isNull()).isTrue();
        assertThat(draft.get("blockers").toString())
                .contains("choose a CSV file")
                .contains("add at least one category");
        assertThat(server.get("/drafts").get("items")).hasSize(1);
    }

    @Test
    void aDraftThatIsDeletedIsGoneWithItsFiles() throws IOException {
        String draft = server.draftOf(CSV);
        server.client.delete(draft).expect(204);
        server.client.get(draft).expect(404);
        assertThat(Files.list(workspace.resolve("drafts"))).isEmpty();
    }

    @Test
    void aLinkInPlaceOfADraftIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        String draft = server.draftOf(CSV);
        Path folder = workspace.resolve("drafts");
        Files.move(folder.resolve(draft.substring("/drafts/".length())), elsewhere.resolve("there"));
        Files.createSymbolicLink(folder.resolve("aaaaaaaaaaaaaaaa"), elsewhere.resolve("there"));
        server.client.get("/drafts/aaaaaaaaaaaaaaaa").expect(404);
        server.client.delete("/drafts/aaaaaaaaaaaaaaaa").expect(404);
        assertThat(elsewhere.resolve("there/draft.json")).exists();
    }

    @Test
    void aLinkInPlaceOfAnUploadIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "text\nsecret\n");
        String draft = server.draftOf(CSV);
        try (Stream<Path> files = files(draft)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                Files.delete(file);
                Files.createSymbolicLink(file, secret);
            }
        }
        ContractAnswer answer = server.client.get(draft);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("secret");
    }

    // ---- the file

    @Test
    void anUploadIsReadAtOnce() {
        JsonNode draft = server.get(server.draftOf(CSV));
        JsonNode found = draft.get("found");
        assertThat(found.get("delimiter").textValue()).isEqualTo("semicolon");
        assertThat(found.get("encoding").textValue()).isEqualTo("UTF-8");
        assertThat(found.get("lineEnding").textValue()).isEqualTo("LF");
        assertThat(found.get("rows").intValue()).isEqualTo(4);
        assertThat(found.get("oddities").get("longRows").intValue()).isEqualTo(1);
        assertThat(found.get("columns")).hasSize(4);
        assertThat(found.get("columns").get(0).get("name").textValue()).isEqualTo("ticket_id");
        assertThat(draft.get("columns").get("text")).isNotEmpty();
        assertThat(draft.get("ready").get("columns").booleanValue()).isTrue();
        assertThat(draft.get("file").get("name").textValue()).isEqualTo("tickets.csv");
        assertThat(draft.get("problem").isNull()).isTrue();
    }

    @Test
    void rowsAreShownAsATable() {
        String draft = server.draftOf(CSV);
        JsonNode page = server.get(draft + "/preview?skip=1&limit=2");
        assertThat(page.get("total").intValue()).isEqualTo(4);
        assertThat(page.get("rows")).hasSize(2);
        assertThat(page.get("rows").get(0).get("row").intValue()).isEqualTo(2);
        assertThat(page.get("rows").get(0).get("line").intValue()).isEqualTo(3);
        assertThat(page.get("rows").get(0).get("values").get(1).textValue()).isEqualTo("Cannot sign in");
        assertThat(page.get("rows").get(1).get("note").textValue()).isNotEmpty();
        assertThat(server.get(draft + "/preview?skip=4").get("rows")).isEmpty();
        server.client.get(draft + "/preview?limit=101").expect(400);
        server.client.get(draft + "/preview?skip=-1").expect(400);
    }

    @Test
    void longValuesAreCutInAPreviewButNotInHalves() {
        String draft = server.draftOf("text\n" + "x".repeat(999) + "\ud83d\ude00" + "y".repeat(50) + "\n");
        String value = server.get(draft + "/preview")
                .get("rows")
                .get(0)
                .get("values")
                .get(0)
                .textValue();
        assertThat(value).isEqualTo("x".repeat(999) + "…");
    }

    @Test
    void oddRowsAreListedWithTheirLines() {
        JsonNode problems = server.get(server.draftOf(CSV) + "/problems");
        assertThat(problems.get("more").intValue()).isZero();
        assertThat(problems.get("items")).hasSize(1);
        assertThat(problems.get("items").get(0).get("kind").textValue()).isEqualTo("long");
        assertThat(problems.get("items").get(0).get("row").intValue()).isEqualTo(3);
        assertThat(problems.get("items").get(0).get("line").intValue()).isEqualTo(4);
    }

    @Test
    void withoutAFileThereIsNothingToShow() {
        String draft = server.newDraft();
        server.client.get(draft + "/preview").expect(409);
        server.client.get(draft + "/problems").expect(409);
        server.client.post(draft + "/estimate").expect(409);
        server.client.post(draft + "/trial", "{\"rows\":25}").expect(409);
        server.client.post(draft + "/start").expect(409);
        server.client.get(draft + "/trial").expect(404);
        server.client.get(draft + "/prompt").expect(409);
        server.client.get(draft + "/categories/file").expect(409);
    }

    @Test
    void aSecondUploadReplacesTheFirst() throws IOException {
        String draft = server.draftOf(CSV);
        server.client
                .upload(draft + "/file?name=other.csv", "question,label\nhow are you,x\n")
                .expect(200);
        JsonNode now = server.get(draft);
        assertThat(now.get("found").get("columns")).hasSize(2);
        assertThat(now.get("columns").get("text").toString()).isEqualTo("[\"question\"]");
        try (Stream<Path> files = files(draft)) {
            assertThat(files.filter(file -> file.toString().endsWith(".csv"))).hasSize(1);
        }
    }

    @Test
    void filesArePrivateAndNeverNamedByTheClient() throws IOException {
        String draft = server.newDraft();
        for (String name : List.of(
                "../../evil.csv",
                "/etc/passwd",
                "a\u0000b.csv",
                "..",
                "C:\\x\\y.csv",
                "x".repeat(500),
                "é".repeat(1_200),
                "CON",
                "nul.csv",
                "draft.json",
                "-rf",
                "a\u202evsc.exe",
                "%2e%2e%2fevil.csv")) {
            server.client
                    .upload(draft + "/file?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), CSV)
                    .expect(200);
            String shown = server.get(draft).get("file").get("name").textValue();
            assertThat(shown).doesNotContain("/", "\\", "\u0000").isNotBlank().hasSizeLessThanOrEqualTo(120);
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        try (Stream<Path> files = files(draft)) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).matches("draft\\.json|input-[a-z0-9]{16}\\.csv");
                if (posix) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                            .isEqualTo("rwx------");
                }
            }
        }
        assertThat(workspace.resolve("evil.csv")).doesNotExist();
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        String draft = server.newDraft();
        String most = "text\n" + "x".repeat(DraftServer.MOST_UPLOAD - 6) + "\n";
        server.client.upload(draft + "/file?name=a.csv", most + "y").expect(413);
        try (Stream<Path> files = files(draft)) {
            assertThat(files).hasSize(1);
        }
        server.client.upload(draft + "/file?name=a.csv", most).expect(200);
    }

    @Test
    void aFileThatCannotBeReadSaysWhyAndCanBeReadInAnotherWay() {
        String draft = server.newDraft();
        byte[] latin = "text,id\nStra\u00dfe ist zu,1\n".getBytes(StandardCharsets.ISO_8859_1);
        server.client.upload(draft + "/file?name=alt.csv", latin).expect(200);
        JsonNode now = server.get(draft);
        assertThat(now.get("found").isNull()).isTrue();
        assertThat(now.get("problem").get("type").textValue()).isEqualTo("/problems/csv-unreadable");
        assertThat(now.get("problem").get("detail").textValue())
                .contains("alt.csv")
                .doesNotContain("--", workspace.toString());
        assertThat(now.get("ready").get("file").booleanValue()).isFalse();
        server.client.get(draft + "/preview").expect(422);
        patch(draft, Map.of("columns", Map.of("text", List.of("text")))).expect(422);

        JsonNode read = patch(draft, Map.of("reading", Map.of("encoding", "windows-1252")))
                .expect(200)
                .json();
        assertThat(read.get("problem").isNull()).isTrue();
        assertThat(read.get("columns").get("text").toString()).isEqualTo("[\"text\"]");
        assertThat(server.get(draft + "/preview")
                        .get("rows")
                        .get(0)
                        .get("values")
                        .get(0)
                        .textValue())
                .isEqualTo("Stra\u00dfe ist zu");
    }

    @Test
    void aFileWithoutRowsIsNotReady() {
        JsonNode draft = server.get(server.draftOf("text,id\n"));
        assertThat(draft.get("ready").get("file").booleanValue()).isFalse();
        assertThat(draft.get("blockers").toString()).contains("column names only");
    }

    // ---- reading and columns

    @Test
    void anotherReadingIsTakenAtOnce() {
        String draft = server.draftOf(CSV);
        JsonNode now = patch(draft, Map.of("reading", Map.of("delimiter", "comma")))
                .expect(200)
                .json();
        assertThat(now.get("found").get("delimiter").textValue()).isEqualTo("comma");
        assertThat(now.get("found").get("columns")).hasSize(1);
        assertThat(now.get("reading").get("delimiter").textValue()).isEqualTo("comma");
        assertThat(now.get("reading").get("encoding").textValue()).isEqualTo("auto");
    }

    @Test
    void aReadingThatDoesNotFitTheChosenColumnsCanBeTakenBack() {
        String draft = server.draftOf("text,category\n\"Late, again\",A\n\"Broken, too\",B\n");
        assertThat(server.get(draft).get("columns").get("text").toString()).isEqualTo("[\"text\"]");
        JsonNode broken = patch(draft, Map.of("reading", Map.of("delimiter", "semicolon")))
                .expect(200)
                .json();
        assertThat(broken.get("problem").get("type").textValue()).isEqualTo("/problems/csv-unreadable");
        assertThat(server.get(draft).get("problem").isNull()).isFalse();
        JsonNode whole = patch(draft, Map.of("reading", Map.of())).expect(200).json();
        assertThat(whole.get("problem").isNull()).isTrue();
        assertThat(whole.get("ready").get("columns").booleanValue()).isTrue();
    }

    @Test
    void aMisspeltColumnComesWithASuggestion() {
        JsonNode problem = patch(server.draftOf(CSV), Map.of("columns", Map.of("text", List.of("boddy"))))
                .expect(422)
                .json();
        assertThat(problem.get("errors").get(0).get("suggestion").textValue()).isEqualTo("body");
        assertThat(problem.get("detail").textValue()).contains("boddy").contains("did you mean \"body\"?");
    }

    @Test
    void columnsWithoutANameOrWithTheSameAreChosenByNumber() {
        String draft = server.draftOf("a,,a\nx,some text here,y\n");
        JsonNode now = patch(draft, Map.of("columns", Map.of("text", List.of("#2", "#3"), "id", "#1")))
                .expect(200)
                .json();
        assertThat(now.get("columns").toString()).isEqualTo("{\"text\":[\"#2\",\"#3\"],\"id\":\"#1\",\"truth\":null}");
        JsonNode named = patch(server.draftOf(CSV), Map.of("columns", Map.of("text", List.of("#3"))))
                .expect(200)
                .json();
        assertThat(named.get("columns").get("text").toString()).isEqualTo("[\"body\"]");
    }

    // ---- changes

    @Test
    void aChangeOfWhatWasChangedMeanwhileIsRefused() {
        String draft = server.draftOf(CSV);
        String etag = server.get(draft).get("etag").textValue();
        Map<String, Object> change = Map.of("settings", Map.of("batchSize", 100));
        ContractAnswer first =
                server.client.with("If-Match", etag).patch(draft, change).expect(200);
        assertThat(first.header("ETag")).isNotEqualTo(etag);
        server.client
                .with("If-Match", etag)
                .patch(draft, Map.of("settings", Map.of("batchSize", 200)))
                .expect(412);
        server.client
                .with("If-Match", etag)
                .put(draft + "/categories", "{\"categories\":[{\"name\":\"A\"}]}")
                .expect(412);
        assertThat(server.get(draft).get("settings").get("batchSize").intValue())
                .isEqualTo(100);
        server.client
                .with("If-Match", first.header("ETag"))
                .patch(draft, Map.of("settings", Map.of()))
                .expect(200);
    }

    @Test
    void settingsAreReplacedAsAWhole() {
        String draft = server.newDraft();
        patch(draft, Map.of("settings", Map.of("batchSize", 7, "name", " Tickets\tMay ")))
                .expect(200);
        assertThat(server.get(draft).get("name").textValue()).isEqualTo("Tickets May");
        JsonNode now = patch(draft, Map.of("settings", Map.of("subBatchSize", 3)))
                .expect(200)
                .json();
        assertThat(now.get("settings").get("batchSize").intValue()).isEqualTo(2_000);
        assertThat(now.get("settings").get("subBatchSize").intValue()).isEqualTo(3);
    }

    @Test
    void draftsSurviveARestart() {
        String draft = server.draftOf(CSV);
        patch(draft, Map.of("columns", Map.of("text", List.of("subject", "body"), "id", "ticket_id", "truth", "team")))
                .expect(200);
        server.client
                .put(draft + "/categories", "{\"categories\":[{\"name\":\"Billing\"},{\"name\":\"Login\"}]}")
                .expect(200);
        JsonNode before = server.get(draft);
        server.close();
        server = new DraftServer(workspace, "http://127.0.0.1:9/v1");
        assertThat(server.get(draft)).isEqualTo(before);
        assertThat(server.get("/drafts").get("items")).hasSize(1);
    }

    @Test
    void aDamagedDraftDoesNotHideTheOthers() throws IOException {
        String good = server.newDraft();
        String bad = server.newDraft();
        Files.writeString(
                workspace.resolve("drafts" + bad.substring("/drafts".length())).resolve("draft.json"), "{");
        assertThat(server.get("/drafts").get("items")).hasSize(1);
        server.client.get(good).expect(200);
        server.client.get(bad).expect(500);
    }

    @Test
    void manyDraftsAtOnceDoNotMix() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = IntStream.range(0, 8)
                    .mapToObj(i -> people.submit(() -> {
                        String draft = server.draftOf("text\n" + "row of " + i + "\n");
                        for (int size = 1; size <= 5; size++) {
                            patch(draft, Map.of("settings", Map.of("batchSize", size, "name", "draft " + i)))
                                    .expect(200);
                        }
                        JsonNode now = server.get(draft);
                        return now.get("name").textValue().equals("draft " + i)
                                && server.get(draft + "/preview").toString().contains("row of " + i);
                    }))
                    .toList();
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(server.get("/drafts").get("items")).hasSize(8);
    }

    @Test
    void changesOfOneDraftAtOnceAllCount() throws Exception {
        String draft = server.newDraft();
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = IntStream.range(0, 12)
                    .<Future<?>>mapToObj(i -> people.submit(() -> {
                        patch(draft, Map.of("settings", Map.of("batchSize", i + 1)))
                                .expect(200);
                    }))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(server.get(draft).get("etag").textValue()).isEqualTo("\"13\"");
    }

    // ---- categories

    @Test
    void categoriesAreKeptAndCanBeTakenHomeAsAFile() {
        String draft = server.newDraft();
        String sent = """
                {"task":"What is it about?","allowUnmatched":false,"categories":[
                {"name":"Billing: \\"#1\\"","description":"Money","keywords":["refund"],"examples":["I paid twice\\nhelp"]},
                {"name":"No"},{"name":"\\ud83d\\ude00"}]}""";
        JsonNode now =
                server.client.put(draft + "/categories", sent).expect(200).json();
        assertThat(now.get("categories").get("categories")).hasSize(3);
        ContractAnswer file = server.client.get(draft + "/categories/file").expect(200);
        assertThat(file.header("Content-Disposition")).startsWith("attachment");

        String other = server.newDraft();
        JsonNode imported = server.client
                .post(other + "/categories/import", Map.of("name", "categories.yaml", "text", file.text()))
                .expect(200)
                .json();
        assertThat(imported.get("categories")).isEqualTo(now.get("categories"));
    }

    @Test
    void whatCannotBeImportedSaysItsLine() {
        JsonNode problem = server.client
                .post(
                        server.newDraft() + "/categories/import",
                        Map.of("name", "c.yaml", "text", "categories:\n  - name: A\n    nme: B\n"))
                .expect(422)
                .json();
        assertThat(problem.get("detail").textValue()).contains("line 3");
        assertThat(problem.get("errors").get(0).get("pointer").textValue()).isEqualTo("/text");
    }

    @Test
    void weakCategoriesAreCommentedOn() {
        JsonNode now = server.client
                .put(
                        server.newDraft() + "/categories",
                        "{\"categories\":[{\"name\":\"Payment\"},{\"name\":\"Payments\"}]}")
                .expect(200)
                .json();
        assertThat(now.get("lint").toString()).contains("\"near-duplicate\"");
    }

    @Test
    void allCategoriesMayGo() {
        String draft = server.newDraft();
        server.client
                .put(draft + "/categories", "{\"categories\":[{\"name\":\"A\"}]}")
                .expect(200);
        JsonNode now = server.client
                .put(draft + "/categories", "{\"categories\":[]}")
                .expect(200)
                .json();
        assertThat(now.get("ready").get("categories").booleanValue()).isFalse();
    }
}
