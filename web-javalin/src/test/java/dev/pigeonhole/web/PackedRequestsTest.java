package dev.pigeonhole.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.guard.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed bodies, whatever their name: nothing is ever unpacked, so nothing can grow. */
class PackedRequestsTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private RunningApp app;

    @BeforeEach
    void start() {
        app = new RunningApp(folder);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    /** So many zeros, packed as often as is said; a byte of it is a thousand unpacked. */
    private static byte[] bomb(int bytes, int times) throws IOException {
        byte[] packed = new byte[bytes];
        for (int i = 0; i < times; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(packed);
            }
            packed = out.toByteArray();
        }
        return packed;
    }

    private RawHttp.Answer send(String method, String path, String headers, byte[] body) throws IOException {
        return app.ask(
                method,
                path,
                RunningApp.host() + app.bearer() + headers,
                new String(body, StandardCharsets.ISO_8859_1));
    }

    private String draft() throws IOException {
        RawHttp.Answer answer = send("POST", "/api/v1/drafts", "", "{}".getBytes(StandardCharsets.UTF_8));
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.text()).isTrue();
        return "/api/v1/drafts/" + id.group(1);
    }

    private long stored() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".csv"))
                    .toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aPackedFileIsRefusedHoweverOftenItIsPacked(int times) throws IOException {
        byte[] bomb = bomb(10_000_000, times);
        RawHttp.Answer answer = send("PUT", draft() + "/file?name=a.csv", "Content-Type: text/csv\r\n", bomb);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains(".gz");
        assertThat(stored()).isZero();
    }

    @Test
    void packedPartsInARowAreOneFileThatIsRefused() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            parts.writeBytes(bomb(100_000, 1));
        }
        assertThat(send("PUT", draft() + "/file?name=a.csv.gz", "", parts.toByteArray())
                        .status())
                .isEqualTo(415);
        assertThat(stored()).isZero();
    }

    /** A header is no order to unpack: the bytes are what they are. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip"})
    void aBodyThatIsSaidToBePackedIsNotUnpackedEither(String encoding) throws IOException {
        String header = "Content-Encoding: " + encoding + "\r\n";
        assertThat(send("PUT", draft() + "/file?name=a.csv", header, bomb(10_000_000, 1))
                        .status())
                .isEqualTo(415);
        assertThat(stored()).isZero();
        RawHttp.Answer json =
                send("POST", "/api/v1/drafts", header + "Content-Type: application/json\r\n", bomb(10_000_000, 1));
        assertThat(json.status()).as(json.text()).isIn(400, 415);
    }
}
