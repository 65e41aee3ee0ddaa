package dev.pigeonhole.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.guard.RawHttp;
import dev.pigeonhole.web.guard.ServerLimits;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many who take a place and give nothing: the next who comes with a request is answered nevertheless. */
class CrowdTest {
    /** More than the streams that are served at once. */
    private static final int PLACES = 60;
    /** All places, and some who wait for one; fewer than the system lets wait. */
    private static final int CROWD = PLACES + 20;

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final List<Socket> crowd = new ArrayList<>();
    private RunningApp app;

    @BeforeEach
    void start() {
        WebSettings usual = WebSettings.of(folder.resolve("workspace"), folder.resolve("logs"))
                .at("127.0.0.1", 0);
        app = new RunningApp(
                usual.within(usual.uploads(), new ServerLimits(PLACES, Duration.ofMillis(700), 1024)), Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : crowd) {
            socket.close();
        }
        app.close();
    }

    private void crowdIn(List<String> requests) throws IOException {
        for (int i = 0; i < CROWD; i++) {
            Socket socket = RawHttp.open(app.port);
            crowd.add(socket);
            RawHttp.write(socket, requests.get(i % requests.size()).replace("PORT", Integer.toString(app.port)));
        }
    }

    private void requireAnswer(String path) throws IOException {
        assertThat(app.get(path).status()).isEqualTo(200);
    }

    private String id(String method, String path, String type, String body) throws IOException {
        RawHttp.Answer answer =
                app.ask(method, path, RunningApp.host() + app.bearer() + "Content-Type: " + type + "\r\n", body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    private String job() throws IOException {
        String draft = "/api/v1/drafts/" + id("POST", "/api/v1/drafts", "application/json", "{}");
        id("PUT", draft + "/file?name=a.csv", "text/csv", "id,text\n1,an invoice\n2,a login\n");
        id(
                "PUT",
                draft + "/categories",
                "application/json",
                "{\"categories\":[{\"name\":\"invoice\"},{\"name\":\"login\"}]}");
        return id("POST", draft + "/start", "application/json", "");
    }

    @Test
    void streamsThatNobodyReadsLeaveRoomForOthers() throws IOException {
        String events = "/api/v1/jobs/" + job() + "/events";
        String request = "GET " + events + " HTTP/1.1\r\n" + RunningApp.host() + app.bearer()
                + "Accept: text/event-stream\r\n\r\n";
        crowdIn(List.of(request));
        requireAnswer("/api/v1/meta");
        requireAnswer("/");
        requireAnswer("/api/v1/jobs");
    }

    @Test
    void connectionsThatSayNothingOrHalfOfItLeaveRoomForOthers() throws IOException {
        List<String> halves = List.of(
                "",
                "G",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: ",
                "PUT /api/v1/drafts/x/file HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n" + app.bearer()
                        + "Content-Length: 100000\r\n\r\nab");
        crowdIn(halves);
        requireAnswer("/api/v1/meta");
        requireAnswer("/");
    }
}
