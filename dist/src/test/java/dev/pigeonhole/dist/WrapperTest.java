package dev.pigeonhole.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that fetches Maven takes none but the one whose checksum is written down. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one for sh")
class WrapperTest {
    @TempDir
    Path folder;

    @Test
    void anotherMavenThanTheOneOfTheChecksumIsRefused() throws Exception {
        Files.copy(Installation.ROOT.resolve("mvnw"), folder.resolve("mvnw"));
        Path properties =
                Files.createDirectories(folder.resolve(".mvn/wrapper")).resolve("maven-wrapper.properties");
        String pinned = Files.readString(Installation.ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"));
        assertThat(pinned).containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
        byte[] altered = "not the Maven that was looked at".getBytes(StandardCharsets.UTF_8);

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, altered.length);
            exchange.getResponseBody().write(altered);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/apache-maven-3.9.99-bin.zip";
            Files.writeString(properties, pinned.replaceAll("(?m)^distributionUrl=.*$", "distributionUrl=" + url));
            Map<String, String> environment =
                    Map.of("MAVEN_USER_HOME", folder.resolve("maven").toString(), "no_proxy", "127.0.0.1");
            try (Launched wrapper = Launched.start(folder, environment, List.of("sh", "mvnw", "--version"))) {
                assertThat(wrapper.exitCode()).isNotZero();
                assertThat(wrapper.err()).contains("Failed to validate Maven distribution SHA-256");
            }
        } finally {
            server.stop(0);
        }
    }
}
