package dev.pigeonhole.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract lets pass what is described, and nothing else. */
class ContractTest {
    private static final String PROBLEM = """
            {"type":"/problems/not-found","title":"Not found","status":404,"detail":"no such job","instance":"/api/v1/jobs/x"}""";
    private static final String PROBLEM_TYPE = "application/problem+json; charset=utf-8";

    private final Contract contract = Contract.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /health                               | 200 | application/json; charset=utf-8 | {\"status\":\"ok\"}",
                "get    | /api/v1/health                        | 200 | application/json         | {\"status\":\"ok\"}",
                "GET    | http://127.0.0.1:7070/api/v1/health   | 200 | Application/JSON         | {\"status\":\"ok\"}",
                "GET    | /jobs?x=y                             | 200 | application/json         | {\"items\":[],\"total\":0}",
                "GET    | /jobs/a1b2/download?format=csv        | 200 | text/csv; charset=utf-8  | a,b",
                "GET    | /drafts/d7k2/categories/file          | 200 | application/yaml         | a: b",
                "DELETE | /drafts/d7k2                          | 204 |                          | ''",
            })
    void anAnswerThatIsDescribedPasses(String method, String path, int status, String contentType, String body) {
        assertThatCode(() -> contract.check(method, path, status, contentType, body))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nothing      | 200 | application/json | {}                               | no such path",
                "GET    | /jobs/a/b/c   | 200 | application/json | {}                               | no such path",
                "PUT    | /health       | 200 | application/json | {}                               | it knows GET /health",
                "GET    | /health       | 201 | application/json | {}                               | a status that openapi.json does not know",
                "GET    | /health       | 200 | text/html        | {\"status\":\"ok\"}              | as text/html",
                "GET    | /health       | 200 |                  | {\"status\":\"ok\"}              | as null",
                "GET    | /health       | 200 | application/json | {\"status\":\"bad\"}             | /status:",
                "GET    | /health       | 200 | application/json | {\"status\":\"ok\",\"more\":1}   | more",
                "GET    | /health       | 200 | application/json | {}                               | status",
                "GET    | /health       | 200 | application/json | {\"status\":                     | not JSON",
                "GET    | /health       | 200 | application/json | {\"status\":\"ok\"} x            | not JSON",
                "GET    | /jobs/a1      | 404 | application/json | {}                               | as application/json",
                "DELETE | /drafts/d7k2  | 204 | application/json | {}                               | a body where openapi.json has none",
            })
    void anAnswerThatIsNotDescribedIsAFault(
            String method, String path, int status, String contentType, String body, String message) {
        assertThatThrownBy(() -> contract.check(method, path, status, contentType, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message)
                .hasMessageContaining(method + " " + path + " answered " + status)
                .hasMessageContaining(body);
    }

    @Test
    void allRequestsAreKnownByName() {
        assertThat(contract.requests())
                .hasSizeGreaterThan(40)
                .contains("GET /api/v1/jobs/{id}", "POST /api/v1/session");
    }

    @Test
    void timesAndMoneyAreLookedAt() {
        assertThatThrownBy(() -> contract.checkSchema("Time", "\"yesterday\""))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("date-time");
        assertThatThrownBy(() -> contract.checkSchema("Money", "\"-1\"")).isInstanceOf(AssertionError.class);
        assertThatCode(() -> contract.checkSchema("Money", "\"0.0038\"")).doesNotThrowAnyException();
    }

    @Test
    void anUnknownPathMayAnswerWithAProblemOnly() {
        assertThatCode(() -> contract.check("GET", "/nothing", 404, PROBLEM_TYPE, PROBLEM))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.check("GET", "/nothing", 404, "text/plain", "Not found"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("an error that is not application/problem+json");
    }

    @Test
    void aPromisedHeaderMustBeThere() {
        assertThatCode(() -> contract.checkHeaders("GET", "/drafts/d7k2", 200, Set.of("etag", "date")))
                .doesNotThrowAnyException();
        assertThatCode(() -> contract.checkHeaders("GET", "/drafts/d7k2", 404, Set.of()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.checkHeaders("GET", "/drafts/d7k2", 200, Set.of("date")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no header ETag");
    }

    @Test
    void whatTheServerTakesMustBeDescribed() {
        String path = "/jobs/a1/rows/1/review";
        assertThatCode(() -> contract.checkTaken("PUT", path, "application/json", "{\"verdict\":\"none\"}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.checkTaken("PUT", path, "application/json", "{\"verdict\":\"maybe\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the server took the body of PUT");
        assertThatThrownBy(() -> contract.checkTaken("PUT", path, "application/json", "{\"verdict\":\"category\"}"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anEventIsCheckedByNameAndData() {
        String job = ApiDocs.load().examples().get("Job");
        assertThatCode(() -> contract.checkEvent("/jobs/a1/events", "snapshot", "{\"job\":" + job + "}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.checkEvent("/jobs/a1/events", "gossip", "{\"job\":" + job + "}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("event gossip");
        assertThatThrownBy(() -> contract.checkEvent("/jobs/a1/events", "state", "{\"job\":{}}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/job:");
        assertThatThrownBy(() -> contract.checkEvent("/jobs", "state", "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no events there");
    }
}
