package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {
    @TempDir
    Path folder;

    @Test
    void aMissingFileIsRefused() {
        refused(folder.resolve("none.csv"), "does not exist");
    }

    @Test
    void aFolderIsRefused() {
        refused(folder, "is a folder");
        assertThatThrownBy(() -> CsvSource.of(folder).sha256()).isInstanceOf(InputException.class);
    }

    @Test
    void aPipeIsRefused() {
        Path pipe = Path.of("/dev/null");
        assumeThat(Files.exists(pipe)).isTrue();
        refused(pipe, "is not an ordinary file");
    }

    @Test
    void aSpreadsheetIsRefusedWithTheWayToExportIt() throws IOException {
        byte[] zip = zip();
        refused(Files.write(folder.resolve("tickets.xlsx"), zip), "a spreadsheet (XLSX or ODS)", "as CSV (UTF-8)");
        refused(Files.write(folder.resolve("tickets.csv"), zip), "a ZIP archive", "unpack it first");
    }

    @Test
    void aPackedFileIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id,text\n1,a\n".getBytes(StandardCharsets.UTF_8));
        }
        refused(write(packed.toByteArray()), "a gzip file", "unpack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255044462d312e37",
                "d0cf11e0a1b11ae1",
                "53514c69746520666f726d6174203300",
                "28b52ffd0458",
                "fd377a585a0000"
            })
    void otherKindsOfFilesAreRefusedByTheirFirstBytes(String hex) throws IOException {
        refused(write(HexFormat.of().parseHex(hex)), "expected a CSV file");
    }

    @Test
    void aTextMayBeginLikeAParquetFile() throws IOException {
        assertThat(CsvSource.of(write("PAR1,text\n1,a\n".getBytes(StandardCharsets.UTF_8)))
                        .scan()
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void anUnknownEncodingIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> source().encoding("UFT-8"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--encoding UFT-8 is not an encoding that Java knows (did you mean \"UTF-8\"?);"
                        + " expected auto or a name such as UTF-8, UTF-16LE or windows-1252");
        assertThatThrownBy(() -> source().encoding("")).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", "\"", "\n", "\r", "\0", "comm", "🐀"})
    void whatCannotSeparateColumnsIsRefused(String delimiter) {
        assertThatThrownBy(() -> source().delimiter(delimiter))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--delimiter");
    }

    @Test
    void settingsAreTheSameHoweverTheyAreSpelled() {
        assertThat(source().settings())
                .containsExactly(
                        entry("input.bad-bytes", "refuse"),
                        entry("input.delimiter", "auto"),
                        entry("input.encoding", "auto"),
                        entry("input.lenient-quotes", "false"),
                        entry("input.ragged", "auto"),
                        entry("input.text-columns", "auto"));
        CsvSource typed = source().encoding("utf8").delimiter("\t").textColumns("a,b", "c");
        assertThat(typed.settings())
                .isEqualTo(source().encoding("UTF-8")
                        .delimiter("TAB")
                        .textColumns(List.of("a,b", "c"))
                        .settings())
                .containsEntry("input.delimiter", "tab")
                .containsEntry("input.encoding", "UTF-8")
                .containsEntry("input.text-columns", "\"a,b\",c");
        assertThat(source().ragged(RaggedPolicy.DEAD_LETTER)
                        .replaceBadBytes(true)
                        .lenientQuotes(true)
                        .settings())
                .containsEntry("input.ragged", "dead-letter")
                .containsEntry("input.bad-bytes", "replace")
                .containsEntry("input.lenient-quotes", "true");
    }

    @Test
    void aSettingDoesNotChangeTheSourceItIsMadeFrom() {
        CsvSource source = source();
        source.delimiter(";").ragged(RaggedPolicy.PAD);
        assertThat(source.settings()).containsEntry("input.delimiter", "auto").containsEntry("input.ragged", "auto");
    }

    @Test
    void rowsAreCountedFromOneToOneMoreThanThereAre() throws IOException {
        CsvSource source = CsvSource.of(write("id,text\n1,a\n".getBytes(StandardCharsets.UTF_8)));
        CsvProfile profile = source.scan();
        try (CsvRows<CsvItem> none = source.items(profile, 2)) {
            assertThat(none.hasNext()).isFalse();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> source.items(profile, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> source.records(profile, 3));
    }

    @Test
    void messagesHoldNothingThatATerminalWouldObey() throws IOException {
        Path file = write("id,\u001b[31mred\u202e\n1,a\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> CsvSource.of(file).textColumns("x\u001b[2J").scan())
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("\u001b", "\u202e");
    }

    private CsvSource source() {
        return CsvSource.of(folder.resolve("input.csv"));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("input.csv"), bytes);
    }

    private static void refused(Path path, String... parts) {
        assertThatThrownBy(() -> CsvSource.of(path).scan())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(parts);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
