package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.web.json.Problem;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final int PORT = 7070;

    private final Sessions sessions = new Sessions(true, new Random(1), Clock.systemUTC());

    private int check(Gate gate, String method, String path, List<String> hosts, Map<String, String> headers) {
        return gate.check(new Visit(method, path, hosts, null, headers, Map.of(), PORT))
                .map(Problem::type)
                .map(type -> type.status())
                .orElse(200);
    }

    private Gate gate(String host, String... added) {
        return new Gate(HostNames.of(host, List.of(added)), sessions);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7070, 200",
        "localhost:7070, 200",
        "LocalHost:7070, 200",
        "[::1]:7070, 200",
        "127.0.0.1, 421",
        "localhost, 421",
        "127.0.0.1:7071, 421",
        "127.0.0.1:07070, 421",
        "127.0.0.1.evil.example:7070, 421",
        "localhost.evil.example:7070, 421",
        "localhost.:7070, 421",
        "evil.example, 421",
        "evil.example:7070, 421",
        "evil.example@127.0.0.1:7070, 421",
        "127.0.0.1:7070@evil.example, 421",
        "127.0.0.1:7070.evil.example, 421",
        "0.0.0.0:7070, 421",
        "127.1:7070, 421",
        "2130706433:7070, 421",
        "0x7f.1:7070, 421",
        "[::ffff:127.0.0.1]:7070, 421",
        "'', 421"
    })
    void onlyNamesOfThisMachineWithOurPortAreKnown(String host, int status) {
        assertThat(check(gate("127.0.0.1"), "GET", "/", List.of(host), Map.of()))
                .isEqualTo(status);
    }

    @Test
    void noHostOrTwoAreNobody() {
        assertThat(check(gate("127.0.0.1"), "GET", "/", List.of(), Map.of())).isEqualTo(421);
        assertThat(check(gate("127.0.0.1"), "GET", "/", List.of("localhost:7070", "localhost:7070"), Map.of()))
                .isEqualTo(421);
    }

    @ParameterizedTest
    @CsvSource({
        "data.example.org, 200",
        "DATA.example.org:7070, 200",
        "data.example.org:8443, 421",
        "tool.example.org:8443, 200",
        "tool.example.org, 421",
        "10.0.0.5:7070, 200",
        "10.0.0.5, 421",
        "sub.data.example.org, 421"
    })
    void namesThatWereAddedAreKnownWithTheirPort(String host, int status) {
        Gate gate = gate("10.0.0.5", "data.example.org", "tool.example.org:8443");
        assertThat(check(gate, "GET", "/", List.of(host), Map.of())).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "http://x", "x/y", "x:y:z", "user@x", "*"})
    void whatIsNoHostNameIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> HostNames.of("127.0.0.1", List.of(name)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("host name");
    }

    @ParameterizedTest
    @CsvSource({
        "data.example.org, http://data.example.org, 401",
        "data.example.org, https://data.example.org, 401",
        "data.example.org, https://evil.example, 403",
        "data.example.org, http://localhost:7070, 403",
        "localhost:7070, http://localhost:7070, 401",
        "localhost:7070, https://localhost:7070, 403",
        "localhost:7070, http://127.0.0.1:7070, 403",
        "localhost:7070, http://localhost:7071, 403",
        "localhost:7070, null, 403"
    })
    void thePageOfAnotherOriginMayNotChangeAnything(String host, String origin, int status) {
        Gate gate = gate("127.0.0.1", "data.example.org");
        assertThat(check(gate, "POST", "/api/v1/jobs", List.of(host), Map.of("origin", origin)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/new, 200",
        "/jobs/a1b2/rows, 200",
        "/assets/pages/job.js, 200",
        "/api/v1/jobs, 401",
        "/api/v1/meta/, 401",
        "/api, 401",
        "/api/, 401",
        "//api/v1/jobs, 400",
        "/x/../api/v1/jobs, 400",
        "/api/v1/./jobs, 400",
        "/api/v1/jobs/.., 400",
        "/api/v1/jobs;a=b, 400",
        "/%61pi/v1/jobs, 400",
        "/api%2fv1/jobs, 400",
        "/api\\v1, 400",
        "/API/v1/jobs, 200",
        "*, 400",
        "'', 400"
    })
    void aPathHasOneSpellingOnly(String path, int status) {
        assertThat(check(gate("127.0.0.1"), "GET", path, List.of("localhost:7070"), Map.of()))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/", "/a/", "/.a", "a"})
    void aPathOfAnyLengthIsReadWithoutHarm(String part) {
        for (int length : new int[] {500, 4_000, 100_000}) {
            int status = check(gate("127.0.0.1"), "GET", part.repeat(length), List.of("localhost:7070"), Map.of());
            assertThat(status).isIn(200, 400).isNotEqualTo(length > 1_000 ? 200 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "QUERY", "get", "PROPFIND", "X"})
    void unknownMethodsAreRefused(String method) {
        assertThat(check(gate("127.0.0.1"), method, "/api/v1/health", List.of("localhost:7070"), Map.of()))
                .isEqualTo(405);
    }

    @Test
    void whatAnotherPageEmbedsIsNotAnsweredEither() {
        for (String site : List.of("cross-site", "same-site", "anything")) {
            assertThat(check(
                            gate("127.0.0.1"),
                            "GET",
                            "/api/v1/health",
                            List.of("localhost:7070"),
                            Map.of("sec-fetch-site", site)))
                    .isEqualTo(403);
        }
    }

    @Test
    void withoutTokenEverybodyIsKnownButOtherPagesAreNot() {
        Gate gate =
                new Gate(HostNames.of("127.0.0.1", List.of()), new Sessions(false, new Random(1), Clock.systemUTC()));
        List<String> host = List.of("localhost:7070");
        assertThat(check(gate, "GET", "/api/v1/jobs", host, Map.of())).isEqualTo(200);
        assertThat(check(gate, "POST", "/api/v1/jobs", host, Map.of("sec-fetch-site", "same-origin")))
                .isEqualTo(200);
        assertThat(check(gate, "POST", "/api/v1/jobs", host, Map.of())).isEqualTo(403);
        assertThat(check(gate, "POST", "/api/v1/jobs", host, Map.of("origin", "http://evil.example")))
                .isEqualTo(403);
        assertThat(check(gate, "POST", "/api/v1/jobs", host, Map.of("authorization", "Bearer any")))
                .isEqualTo(200);
        Map<String, String> foreign = new HashMap<>(Map.of("authorization", "Bearer any"));
        foreign.put("sec-fetch-site", "cross-site");
        assertThat(check(gate, "POST", "/api/v1/jobs", host, foreign)).isEqualTo(403);
    }
}
