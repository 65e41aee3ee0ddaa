package dev.pigeonhole.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
class RealPathTest {
    @TempDir
    Path directory;

    private Path real;
    private Path link;

    @BeforeEach
    void makeALink() throws IOException {
        directory = directory.toRealPath();
        real = Files.createDirectories(directory.resolve("above/real"));
        link = Files.createSymbolicLink(directory.resolve("link"), real);
    }

    @Test
    void linksAreFollowed() {
        assertThat(RealPath.of(link)).isEqualTo(real);
    }

    @Test
    void besideALinkIsBesideWhatItPointsTo() {
        assertThat(RealPath.of(link.resolve("../file"))).isEqualTo(directory.resolve("above/file"));
    }

    @Test
    void whatIsNotThereKeepsItsNameBelowTheNearestFolderThatIs() {
        assertThat(RealPath.of(link.resolve("no/such/file"))).isEqualTo(real.resolve("no/such/file"));
    }

    @Test
    void aLinkThatPointsNowhereIsTakenAsItStands() throws IOException {
        Path nowhere = Files.createSymbolicLink(directory.resolve("nowhere"), directory.resolve("gone"));

        assertThat(RealPath.of(nowhere)).isEqualTo(nowhere);
    }

    @Test
    void theRootIsItself() {
        assertThat(RealPath.of(directory.getRoot())).isEqualTo(directory.getRoot());
    }
}
