package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.MissingKeyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyTest {
    private static final String OPENAI = "https://api.openai.com/v1";

    @TempDir
    Path folder;

    private Path file(String content, String permissions) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = Files.writeString(folder.resolve("key"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static ApiKey ofFile(Path file) {
        return ApiKey.find(Calls.settings(OPENAI, "key-file", file.toString()), Map.of());
    }

    @Test
    void itComesFromTheVariableOfTheServer() {
        Map<String, String> environment = Map.of("OPENAI_API_KEY", " sk-1\n", "AZURE_OPENAI_API_KEY", "az-1");
        assertThat(ApiKey.find(Calls.settings(OPENAI), environment).value()).isEqualTo("sk-1");
        assertThat(ApiKey.find(Calls.settings("https://me.openai.azure.com"), environment)
                        .value())
                .isEqualTo("az-1");
        assertThat(ApiKey.find(Calls.settings("http://localhost:8000/v1"), environment)
                        .value())
                .isEqualTo("sk-1");
    }

    @Test
    void itComesFromAFileThatOnlyItsOwnerCanRead() throws IOException {
        assertThat(ofFile(file("  sk-file-1\n", "rw-------")).value()).isEqualTo("sk-file-1");
        assertThat(ofFile(file("sk-file-1", "r--------")).value()).isEqualTo("sk-file-1");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"}) {
            Path file = file(Calls.KEY, permissions);
            assertThatThrownBy(() -> ofFile(file))
                    .isInstanceOf(ConfigurationException.class)
                    .isNotInstanceOf(MissingKeyException.class)
                    .hasMessageContaining("chmod 600 '" + file + "'")
                    .hasMessageNotContaining(Calls.KEY);
        }
    }

    @Test
    void aMissingKeyIsToldFromOtherFaults() throws IOException {
        assertThatThrownBy(() -> ApiKey.find(Calls.settings(OPENAI), Map.of("OPENAI_API_KEY", " ")))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("set the environment variable OPENAI_API_KEY")
                .hasMessageContaining("https://api.openai.com");
        assertThatThrownBy(() -> ApiKey.find(Calls.settings("https://me.openai.azure.com"), Map.of()))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("AZURE_OPENAI_API_KEY");
        assertThatThrownBy(() -> ofFile(folder.resolve("none"))).isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> ofFile(file("\n", "rw-------"))).isInstanceOf(MissingKeyException.class);
    }

    /** People put the key itself there. */
    @Test
    void theNameOfAKeyFileThatIsNotThereIsNotShown() throws IOException {
        Path notAFolder = file("x", "rw-------");
        String[] wrong = {
            Calls.KEY,
            folder.resolve(Calls.KEY).toString(),
            folder + "/" + Calls.KEY + "/key",
            notAFolder + "/" + Calls.KEY,
            Calls.KEY + "x".repeat(300)
        };
        for (String value : wrong) {
            assertThatThrownBy(() -> ofFile(Path.of(value)))
                    .as(value)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("key-file")
                    .hasMessageContaining("path of a file")
                    .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain(Calls.KEY));
        }
    }

    @Test
    void whatIsNoPathIsNotShown() {
        assertThatThrownBy(() -> Calls.settings(OPENAI, "key-file", Calls.KEY + "\u0000"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("key-file is no path")
                .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain(Calls.KEY));
    }

    @Test
    void aKeyFileThatIsThereIsNamed() {
        Path file = folder.resolve("folder");
        assertThatThrownBy(() -> ofFile(Files.createDirectory(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString());
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void whatCannotBeAKeyIsNotRepeated() throws IOException {
        for (String wrong : new String[] {"two words", "line\nbreak", "käse", "x".repeat(9000), "a\u0000b"}) {
            assertThatThrownBy(() -> ApiKey.of(wrong, "the variable"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageNotContaining(wrong);
        }
        Path long9000 = file("x".repeat(9000), "rw-------");
        assertThatThrownBy(() -> ofFile(long9000)).hasMessageContaining("too long");
    }

    @Test
    void serversOnThisMachineNeedNone() {
        assertThat(ApiKey.find(Calls.settings("http://127.0.0.1:11434/v1"), Map.of()))
                .isSameAs(ApiKey.NONE_NEEDED);
    }

    @Test
    void itIsNotShown() {
        assertThat(ApiKey.of(Calls.KEY, "the test")).hasToString("ApiKey[***]");
    }
}
