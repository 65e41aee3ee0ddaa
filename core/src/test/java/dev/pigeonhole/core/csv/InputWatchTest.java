package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputWatchTest {
    private static final String TEXT = "id,text\n1,word\n";
    private static final String SHA256 = Digest.sha256(TEXT);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("input.csv"), TEXT);
    }

    @Test
    void aFileThatIsTouchedOrWrittenAgainIsTheSame() throws IOException {
        InputWatch watch = InputWatch.of(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        watch.requireUnchanged(SHA256);
        Files.delete(file);
        Files.writeString(file, TEXT);

        assertThatCode(() -> watch.requireUnchanged(SHA256)).doesNotThrowAnyException();
    }

    @Test
    void anotherContentIsRefusedUntilTheOldOneIsBack() throws IOException {
        InputWatch watch = InputWatch.of(file);
        Files.delete(file);
        Files.writeString(file, TEXT.replace("word", "WORD"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        for (int look = 0; look < 2; look++) {
            assertThatThrownBy(() -> watch.requireUnchanged(SHA256))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("was changed while the job ran")
                    .hasMessageContaining("--existing new");
        }
        Files.writeString(file, TEXT);

        assertThatCode(() -> watch.requireUnchanged(SHA256)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatIsGoneIsRefused() throws IOException {
        InputWatch watch = InputWatch.of(file);
        Files.delete(file);

        assertThatThrownBy(() -> watch.requireUnchanged(SHA256))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString());
    }
}
