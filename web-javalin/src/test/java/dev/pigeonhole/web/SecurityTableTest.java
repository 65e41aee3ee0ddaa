package dev.pigeonhole.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.guard.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route there is, asked by everybody who may and who may not: {@code security-routes.csv} says what kind a route is,
 * {@code security-cases.csv} what each kind answers to whom.
 */
class SecurityTableTest {
    private static final String IN = "in";

    @TempDir
    static Path folder;

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = new RunningApp(folder);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static List<String[]> table(String name) throws IOException {
        try (InputStream in = SecurityTableTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .map(String::strip)
                            .toArray(String[]::new))
                    .toList();
        }
    }

    private static Map<String, String> kinds() throws IOException {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (String[] row : table("security-routes.csv")) {
            assertThat(kinds.put(row[0] + " " + row[1], row[2])).as(row[1]).isNull();
        }
        return kinds;
    }

    @Test
    void everyRouteHasALineAndEveryLineARoute() throws IOException {
        assertThat(app.routes())
                .as("a new route needs a line in security-routes.csv")
                .isEqualTo(new TreeSet<>(kinds().keySet()));
    }

    @Test
    void everybodyIsToldOnEveryRouteWhatTheTableSays() throws IOException {
        List<String[]> cases = table("security-cases.csv");
        List<String> columns = List.of(cases.get(0));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> route : kinds().entrySet()) {
            int column = columns.indexOf(route.getValue());
            assertThat(column).as(route.getValue()).isPositive();
            String cookie = app.cookie();
            for (String[] row : cases.subList(1, cases.size())) {
                int status = ask(route.getKey(), row[0], cookie);
                if (!isAsExpected(row[column], status)) {
                    wrong.add(route.getKey() + ", " + row[0] + ": expected " + row[column] + ", was " + status);
                }
                if (route.getKey().equals("DELETE /api/v1/session")) {
                    cookie = app.cookie();
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isAsExpected(String expected, int status) {
        return expected.equals(IN)
                ? status >= 200 && status < 500 && !List.of(401, 403, 421).contains(status) || status == 503
                : expected.equals(Integer.toString(status));
    }

    private static int ask(String route, String who, String cookie) throws IOException {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(method.length() + 1)
                .replaceAll("\\{row}", "1")
                .replaceAll("[{<][a-z]+[>}]", "aaaaaaaaaaaaaaaa");
        String query = who.equals("token in the query") ? "?token=" + app.token : "";
        RawHttp.Answer answer = app.ask(method, path + query, headers(who, cookie) + "Content-Length: 0\r\n");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).as(answer.text()).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.text()).doesNotContain(app.token);
        return answer.status();
    }

    private static String headers(String who, String cookie) {
        String host = RunningApp.host();
        String page = cookie + "Sec-Fetch-Site: same-origin\r\n";
        return switch (who) {
            case "the page" -> host + page;
            case "the page by an older browser" -> host + cookie + "Origin: http://127.0.0.1:PORT\r\n";
            case "the page as localhost" -> "Host: localhost:PORT\r\n" + cookie + "Origin: http://localhost:PORT\r\n";
            case "a typed address" -> host + cookie + "Sec-Fetch-Site: none\r\n";
            case "a script with the token" -> host + app.bearer();
            case "a script without token" -> host;
            case "a script with a wrong token" -> host + "Authorization: Bearer 00000000000000000000000000000000\r\n";
            case "a script with an empty token" -> host + "Authorization: Bearer \r\n";
            case "token in the query" -> host;
            case "token in a cookie" -> host + cookie.replaceFirst("=.*", "=" + app.token);
            case "the page without session" -> host + "Sec-Fetch-Site: same-origin\r\n";
            case "the page with an old session" ->
                host + cookie.replaceFirst("=.*", "=00000000000000000000000000000000")
                        + "Sec-Fetch-Site: same-origin\r\n";
            case "another site" -> host + cookie + "Sec-Fetch-Site: cross-site\r\nOrigin: http://evil.example\r\n";
            case "another port" -> host + cookie + "Sec-Fetch-Site: same-site\r\nOrigin: http://127.0.0.1:1\r\n";
            case "another site by an older browser" -> host + cookie + "Origin: http://evil.example\r\n";
            case "a sandboxed frame" -> host + cookie + "Origin: null\r\n";
            case "a session without origin" -> host + cookie;
            case "another site with the token" -> host + app.bearer() + "Sec-Fetch-Site: cross-site\r\n";
            case "rebound name" -> "Host: evil.example:PORT\r\n" + page;
            case "rebound name with the token" -> "Host: evil.example:PORT\r\n" + app.bearer();
            case "rebound prefix" -> "Host: 127.0.0.1.evil.example:PORT\r\n" + page;
            case "another port in the host" -> "Host: 127.0.0.1:1\r\n" + page;
            case "no port in the host" -> "Host: 127.0.0.1\r\n" + page;
            default -> throw new AssertionError("nobody of that name: " + who);
        };
    }
}
