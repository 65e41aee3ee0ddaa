package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.web.contract.ContractAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What drafts refuse, table by table; over HTTP. */
class DraftRefusalsTest {
    private static final String CSV = """
            ticket_id;subject;body;team
            T-1;Charged twice;I see two payments on my account and only ordered once;Billing
            T-2;Cannot sign in;My password is refused although I have changed it yesterday;Login
            """;

    @TempDir
    static Path workspace;

    private static DraftServer server;

    @BeforeAll
    static void start() {
        server = new DraftServer(workspace, "http://127.0.0.1:9/v1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<Path> files(String draft) throws IOException {
        return Files.list(workspace.resolve("drafts").resolve(draft.substring("/drafts/".length())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "aaaaaaaaaaaaaaaa",
                "AAAAAAAAAAAAAAAA",
                "..",
                "%2e%2e",
                "..%2f..%2fjobs",
                "aaaaaaaaaaaaaaaa%2f..",
                "gone-aaaaaaaaaaaaaaaa"
            })
    void idsThatAreNoneFindNothing(String id) {
        for (String path : List.of("", "/preview", "/problems", "/trial", "/categories/file", "/prompt")) {
            assertThat(server.client.get("/drafts/" + id + path).status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504b0304140006000800000021005b436f6e74656e745f54797065735d2e786d6c | spreadsheet file (.xlsx)",
                "504b03040a0000000000616263                                         | archive (.zip)",
                "504b03040a00000000006d696d65747970656170706c69636174696f6e2f766e642e6f617369732e6f70656e646f63756d656e74 | .ods",
                "d0cf11e0a1b11ae1                                                   | .xls",
                "1f8b0800000000000003                                               | .gz",
                "255044462d312e370a                                                 | PDF",
                "89504e470d0a1a0a0000                                               | picture",
                "3c21444f43545950452068746d6c3e                                     | web page",
            })
    void whatIsPlainlyNoCsvIsRefusedWithAdvice(String hex, String what) throws IOException {
        String draft = server.draftOf(CSV);
        JsonNode before = server.get(draft);
        ContractAnswer answer = server.client
                .upload(draft + "/file?name=x.csv", HexFormat.of().parseHex(hex.strip()))
                .expect(415);
        assertThat(answer.json().get("detail").textValue())
                .startsWith("This looks like")
                .contains(what);
        assertThat(server.get(draft)).isEqualTo(before);
        try (Stream<Path> files = files(draft)) {
            assertThat(files.filter(file -> file.toString().endsWith(".csv"))).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reading\":{\"encoding\":\"klingon\"}}                        | /reading/encoding",
                "{\"reading\":{\"delimiter\":\"xy\"}}                            | /reading/delimiter",
                "{\"reading\":{\"ragged\":\"sometimes\"}}                        | /reading/ragged",
                "{\"reading\":{\"lenientQuotes\":\"yes\"}}                       | /reading/lenientQuotes",
                "{\"reading\":{\"encodin\":\"UTF-8\"}}                           | /reading/encodin",
                "{\"reading\":[]}                                                | /reading",
                "{\"columns\":{\"text\":[\"boddy\"]}}                            | /columns/text/0",
                "{\"columns\":{\"text\":[\"body\",\"body\"]}}                    | /columns/text/1",
                "{\"columns\":{\"text\":[\"body\"],\"id\":\"tiket_id\"}}         | /columns/id",
                "{\"columns\":{\"text\":[7]}}                                    | /columns/text/0",
                "{\"columns\":{\"text\":[\"#9\"]}}                               | /columns/text/0",
                "{\"settings\":{\"provider\":\"lokal\"}}                         | /settings/provider",
                "{\"settings\":{\"batchSize\":0}}                                | /settings/batchSize",
                "{\"settings\":{\"batchSize\":2.5}}                              | /settings/batchSize",
                "{\"settings\":{\"subBatchSize\":1001}}                          | /settings/subBatchSize",
                "{\"settings\":{\"concurrency\":-1}}                             | /settings/concurrency",
                "{\"settings\":{\"maxCost\":\"five\"}}                           | /settings/maxCost",
                "{\"settings\":{\"maxCost\":\"0\"}}                              | /settings/maxCost",
                "{\"settings\":{\"rpm\":\"-5\"}}                                 | /settings/rpm",
                "{\"settings\":{\"hints\":\"sometimes\"}}                          | /settings/hints",
                "{\"settings\":{\"baseUrl\":\"https://evil.example/v1\"}}        | /settings/baseUrl",
                "{\"settings\":{\"apiKey\":\"x\"}}                               | /settings/apiKey",
                "{\"settings\":{\"provider\":\"openai\",\"model\":\"sk-aaaaaaaaaaaaaaaaaaaaaaaa\"}} | /settings/model",
                "{\"settings\":{\"provider\":\"openai\",\"model\":\"mine\",\"maxCost\":\"5\"}}      | /settings/maxCost",
                "{\"settings\":{\"provider\":\"openai\",\"model\":\"a b\"}}      | /settings/model",
                "{\"setings\":{}}                                                | /setings",
            })
    void whatIsWrongIsSaidWithItsPlace(String body, String pointer) {
        String draft = server.draftOf(CSV);
        JsonNode before = server.get(draft);
        JsonNode problem = server.client.patch(draft, body).expect(422).json();
        assertThat(problem.get("errors").get(0).get("pointer").textValue()).isEqualTo(pointer);
        assertThat(server.get(draft)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c.txt  | Billing~Login                                   | 2",
                "c.yaml | categories: [Billing, Login, Other]             | 3",
                "c.json | [\"Billing\", \"Login\"]                        | 2",
                "c.csv  | name,description~Billing,Money~Login,Passwords  | 2",
                "../../etc/passwd | Billing~Login                         | 2",
            })
    void categoriesAreTakenFromAFile(String name, String text, int count) {
        String draft = server.newDraft();
        JsonNode now = server.client
                .post(draft + "/categories/import", Map.of("name", name, "text", text.replace('~', '\n')))
                .expect(200)
                .json();
        assertThat(now.get("categories").get("categories")).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"categories\":[{\"name\":\"\"}]}                                  | /categories/0/name",
                "{\"categories\":[{\"name\":\"A\"},{\"name\":\" a \"}]}              | /categories/1/name",
                "{\"categories\":[{\"name\":\"A\"},{\"nam\":\"B\"}]}                 | /categories/1/nam",
                "{\"categories\":[{\"name\":\"A\",\"keywords\":\"x\"}]}              | /categories/0/keywords",
                "{\"categories\":[{\"name\":\"A\\u0007\"}]}                          | /categories/0/name",
                "{\"categories\":[5]}                                                | /categories/0",
                "{\"categories\":\"A\"}                                              | /categories",
                "{\"task\":7,\"categories\":[]}                                      | /task",
            })
    void wrongCategoriesAreSaidWithTheirPlace(String body, String pointer) {
        JsonNode problem = server.client
                .put(server.newDraft() + "/categories", body)
                .expect(422)
                .json();
        assertThat(problem.get("type").textValue()).isEqualTo("/problems/categories-wrong");
        assertThat(problem.get("errors").toString()).contains("\"" + pointer + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "null", "{\"a\":1,\"a\":2}"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThat(server.client.put(server.newDraft() + "/categories", body).status())
                .isEqualTo(400);
    }
}
