package dev.pigeonhole.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    @TempDir
    Path directory;

    private final List<Path> forced = new ArrayList<>();
    private final Disk disk = new RealDisk() {
        @Override
        public void forceDirectory(Path folder) throws IOException {
            forced.add(folder);
            super.forceDirectory(folder);
        }
    };

    @Test
    void everyFolderThatIsMadeIsForcedIntoTheOneAbove() throws IOException {
        Path folder = directory.resolve("a").resolve("b").resolve("c");

        disk.create(folder.resolve("file")).close();

        assertThat(forced).containsExactly(directory, directory.resolve("a"), directory.resolve("a/b"));
    }

    @Test
    void aFolderThatIsThereIsNotMade() throws IOException {
        disk.create(directory.resolve("file")).close();

        assertThat(forced).isEmpty();
    }

    @Test
    void movingMakesTheFolderAndReplacesWhatIsThere() throws IOException {
        Path from = Files.writeString(directory.resolve("from"), "new");
        Path to = directory.resolve("x").resolve("to");

        disk.move(from, to);
        disk.move(Files.writeString(from, "newer"), to);

        assertThat(to).hasContent("newer");
        assertThat(from).doesNotExist();
        assertThat(forced).containsExactly(directory);
    }

    @Test
    void creatingEmptiesWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old and long");
        try (Disk.Output output = disk.create(file)) {
            output.write(ByteBuffer.wrap(new byte[] {'x'}));
            output.force();
        }

        assertThat(file).hasContent("x");
    }

    @Test
    void wipingRemovesTheFilesOfAFolder() throws IOException {
        Files.writeString(directory.resolve("one"), "");
        Files.writeString(directory.resolve("two"), "");

        disk.wipe(directory);
        disk.wipe(directory.resolve("none"));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void deletingWhatIsNotThereIsFine() throws IOException {
        disk.delete(directory.resolve("none"));
        assertThatThrownBy(() -> disk.move(directory.resolve("none"), directory.resolve("to")))
                .isInstanceOf(IOException.class);
    }
}
