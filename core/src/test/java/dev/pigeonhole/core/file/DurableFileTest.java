package dev.pigeonhole.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFileTest {
    @TempDir
    Path directory;

    private Path target;
    private Path temporary;

    @BeforeEach
    void names() {
        target = directory.resolve("place").resolve("file.csv");
        temporary = directory.resolve("tmp").resolve("file.csv-1");
    }

    private DurableFile create(Disk disk) {
        return DurableFile.create(disk, target, temporary);
    }

    private void write(Disk disk, String text) {
        try (DurableFile file = create(disk)) {
            file.write(text);
            file.seal();
            file.publish();
        }
    }

    @Test
    void nothingIsSeenBeforeItIsPublished() {
        try (DurableFile file = create(Disk.real())) {
            file.write("text");
            assertThat(target).doesNotExist();
            file.seal();
            assertThat(target).doesNotExist();
            assertThat(temporary).exists();

            file.publish();

            assertThat(target).hasContent("text");
            assertThat(temporary).doesNotExist();
        }
        assertThat(target).hasContent("text");
    }

    @Test
    void eachStepIsDurableBeforeTheNext() {
        RecordingDisk disk = new RecordingDisk("");

        write(disk, "text");

        assertThat(disk.operations)
                .containsExactly("create", "write", "force", "close", "move", "forceDirectory place");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingBeforePublishingRemovesWhatWasWritten(boolean sealed) {
        try (DurableFile file = create(Disk.real())) {
            file.write("text");
            if (sealed) {
                file.seal();
            }
        }
        assertThat(temporary).doesNotExist();
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force", "close", "move"})
    void aFaultBeforeTheMoveLeavesTheOldFile(String failing) {
        write(Disk.real(), "old");

        assertThatThrownBy(() -> write(new RecordingDisk(failing), "new"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("resume the job");

        assertThat(target).hasContent("old");
        assertThat(temporary).doesNotExist();
    }

    @Test
    void aFaultAfterTheMoveLeavesTheWholeNewFile() {
        write(Disk.real(), "old");

        assertThatThrownBy(() -> write(new RecordingDisk("forceDirectory place"), "new"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot publish " + target);

        assertThat(target).hasContent("new");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory.resolve("tmp"), "a file where a folder should be");

        assertThatThrownBy(() -> create(Disk.real()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write in " + temporary.getParent());
    }

    @Test
    void publishingAndTheDigestNeedASeal() {
        try (DurableFile file = create(Disk.real())) {
            file.write("text");
            assertThatThrownBy(file::publish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(file::sha256).isInstanceOf(IllegalStateException.class);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void whatIsWrittenIsCountedAndHashedAcrossBuffers() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        String text = "ünï🐀".repeat(50_000);
        try (DurableFile file = create(Disk.real());
                OutputStream stream = file.stream()) {
            file.write(bytes, 7, bytes.length - 7);
            file.write(text);
            file.write("");
            stream.write('!');
            stream.write(bytes);
            file.seal();

            assertThat(file.bytes()).isEqualTo(Files.size(temporary));
            assertThat(file.bytes())
                    .isEqualTo(2L * bytes.length - 7 + 1 + text.getBytes(StandardCharsets.UTF_8).length);
            var digest = Digest.start();
            digest.update(Files.readAllBytes(temporary));
            assertThat(file.sha256()).isEqualTo(Digest.hex(digest));
        }
    }

    @Test
    void anEmptyFileCanBePublished() {
        write(Disk.real(), "");

        assertThat(target).isEmptyFile();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayReadEvenIfSomethingElseWasInItsPlace() throws IOException {
        Files.createDirectories(temporary.getParent());
        Files.writeString(temporary, "left behind by an older run");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-rw-rw-"));

        write(Disk.real(), "text");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(target).hasContent("text");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkInTheTemporaryPlaceIsNotFollowed() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createDirectories(temporary.getParent());
        Files.createSymbolicLink(temporary, victim);

        write(Disk.real(), "text");

        assertThat(victim).hasContent("precious");
        assertThat(target).hasContent("text");
    }

    @Test
    void filesPublishedTogetherShareOneForcedFolder() {
        RecordingDisk disk = new RecordingDisk("");
        Path other = target.resolveSibling("other.csv");
        try (DurableFile first = create(disk);
                DurableFile second = DurableFile.create(disk, other, temporary.resolveSibling("other.csv-1"))) {
            for (DurableFile file : List.of(first, second)) {
                file.write("text");
                file.seal();
            }
            disk.operations.clear();

            DurableFile.publishAll(List.of(first, second));
        }

        // The same operation again is noted once: both were moved before the folder was forced.
        assertThat(disk.operations).containsExactly("move", "forceDirectory place");
        assertThat(target).hasContent("text");
        assertThat(other).hasContent("text");
    }
}
