package dev.pigeonhole.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the page can be reached at all. */
class ListeningTest {
    private static final String LISTENS = "0A";

    @TempDir
    Path folder;

    private WebSettings usual() {
        return WebSettings.of(folder.resolve("workspace"), folder.resolve("logs"));
    }

    @Test
    void theUsualAddressIsThatOfThisMachine() {
        assertThat(usual().host()).isEqualTo("127.0.0.1");
        assertThat(usual().tokenRequired()).isTrue();
    }

    @Test
    void noOtherAddressOfThisMachineAnswers() throws IOException {
        try (RunningApp app = new RunningApp(folder)) {
            connect(InetAddress.getByName("127.0.0.1"), app.port);
            for (InetAddress address : others()) {
                assertThatThrownBy(() -> connect(address, app.port))
                        .as(address.toString())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** As the system itself tells: one socket listens at the port, and its address is the loopback's. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneSocketListensAndItsAddressIsTheLoopback() throws IOException {
        try (RunningApp app = new RunningApp(folder)) {
            assertThat(listeningAt(app.port)).containsExactly("0100007F");
        }
    }

    @Test
    void aTokenIsNeededWhereOthersCanReachIt() throws IOException {
        assertThatThrownBy(() -> usual().at("0.0.0.0", 0).withoutToken()).hasMessageContaining("token");
        try (RunningApp app = new RunningApp(usual().at("0.0.0.0", 0), Map.of())) {
            assertThat(app.token).matches("[0-9a-zA-Z_-]{22,}");
            assertThat(app.ask("GET", "/api/v1/meta", RunningApp.host()).status())
                    .isEqualTo(401);
            assertThat(app.get("/api/v1/meta").status()).isEqualTo(200);
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static List<InetAddress> others() throws IOException {
        List<InetAddress> others = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.2")));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.equals(InetAddress.getLoopbackAddress()))
                .forEach(others::add);
        return others;
    }

    private static List<String> listeningAt(int port) throws IOException {
        String wanted = String.format(Locale.ROOT, ":%04X", port);
        List<String> found = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.isReadable(Path.of(table))) {
                try (Stream<String> lines = Files.lines(Path.of(table))) {
                    lines.map(line -> line.strip().split("\\s+"))
                            .filter(words -> words.length > 3 && words[3].equals(LISTENS) && words[1].endsWith(wanted))
                            .forEach(words ->
                                    found.add(words[1].replace(wanted, "").replaceFirst("^0{16}FFFF0000", "")));
                }
            }
        }
        return found;
    }
}
