package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser is found where it is said to be, or on the PATH, or the test says what to install. */
class BrowserFilesTest {
    @TempDir
    private Path folder;

    private final Properties properties = new Properties();

    @Test
    void thePathIsSearchedForAllNames() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path driver = program(other, "chromedriver");
        Path chrome = program(other, "google-chrome");
        assertThat(find(folder, other)).isEqualTo(new BrowserFiles.Found(chrome, driver));
        Path chromium = program(other, "chromium");
        assertThat(find(folder, other)).isEqualTo(new BrowserFiles.Found(chromium, driver));
    }

    @Test
    void aPropertyGoesBeforeThePath() throws IOException {
        program(folder, "chromium");
        Path driver = program(folder, "chromedriver");
        Path mine = program(folder, "mine");
        properties.setProperty("pigeonhole.chromium", mine.toString());
        assertThat(find(folder)).isEqualTo(new BrowserFiles.Found(mine, driver));
    }

    @Test
    void aPropertyThatLeadsNowhereIsNotOverlooked() throws IOException {
        program(folder, "chromium");
        program(folder, "chromedriver");
        properties.setProperty(
                "pigeonhole.chromedriver", folder.resolve("nowhere").toString());
        assertThat(find(folder))
                .isInstanceOfSatisfying(
                        BrowserFiles.Missing.class,
                        missing -> assertThat(missing.reason()).contains("found no chromedriver"));
    }

    @Test
    void withoutABrowserOneLineSaysWhatToInstall() {
        assertThat(find(folder))
                .isInstanceOfSatisfying(
                        BrowserFiles.Missing.class,
                        missing -> assertThat(missing.reason())
                                .contains("found neither")
                                .contains("apt-get install chromium chromium-driver")
                                .hasLineCount(1));
    }

    @Test
    void aRequiredBrowserThatIsMissingFailsTheTest() {
        WhenBrowser required =
                new WhenBrowser(() -> find(folder), () -> "required", new PrintStream(new ByteArrayOutputStream()));
        assertThatThrownBy(() -> required.evaluateExecutionCondition(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("required by -Dpigeonhole.browser")
                .hasMessageContaining("apt-get install");
    }

    @Test
    void onlyRootGoesWithoutTheSandbox() {
        assertThat(Chrome.flags("root")).contains("--no-sandbox");
        assertThat(Chrome.flags("ann")).doesNotContain("--no-sandbox");
    }

    private BrowserFiles find(Path... folders) {
        return BrowserFiles.find(properties, List.of(folders));
    }

    private static Path program(Path folder, String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
