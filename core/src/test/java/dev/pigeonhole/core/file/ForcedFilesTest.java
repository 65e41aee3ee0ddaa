package dev.pigeonhole.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That bytes and names are forced to the disk. Killing a process cannot show it: what it wrote is with the operating system. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders are not forced there")
class ForcedFilesTest {
    @TempDir
    Path directory;

    private final WatchedFiles files = new WatchedFiles();
    private final Disk disk = new RealDisk();

    @Test
    void aFileIsForcedBeforeItGetsItsNameAndTheNameAfterwards() {
        Path target = files.watch(directory.resolve("target"));
        Path temporary = files.watch(directory.resolve("temporary"));
        try (DurableFile file = DurableFile.create(disk, target, temporary)) {
            file.write("text");
            file.seal();
            file.publish();
        }

        assertThat(files.done())
                .containsExactly(
                        "write temporary",
                        "force temporary",
                        "close temporary",
                        "move temporary target",
                        "force " + directory.getFileName(),
                        "close " + directory.getFileName());
        assertThat(directory.resolve("target")).hasContent("text");
    }

    @Test
    void theNameOfANewFolderIsForcedToo() throws Exception {
        disk.create(files.watch(directory.resolve("new").resolve("file"))).close();

        assertThat(files.done())
                .containsExactly("force " + directory.getFileName(), "close " + directory.getFileName(), "close file");
    }

    @Test
    void aFileThatIsNotPublishedIsClosedAndRemoved() {
        Path temporary = files.watch(directory.resolve("temporary"));
        DurableFile.create(disk, files.watch(directory.resolve("target")), temporary)
                .close();

        assertThat(files.done()).containsExactly("close temporary");
        assertThat(directory).isEmptyDirectory();
    }
}
