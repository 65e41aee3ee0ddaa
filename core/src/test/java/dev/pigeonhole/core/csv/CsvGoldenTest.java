package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PigeonholeException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One folder per odd file: {@code input.csv}, {@code options.txt} with the settings if there are any, and {@code expected.txt}.
 * The number in a folder's name is the row of the table of odd cases. With {@code -Dgolden.write=true} missing expectations are
 * written, to be read and judged by a person before they are kept.
 */
class CsvGoldenTest {
    /** Rows of the table that have a folder; the last two are too large and made by {@link LargeFileTest}. */
    private static final int TABLE_ROWS_IN_FOLDERS = 20;

    @ParameterizedTest
    @MethodSource("cases")
    void anOddFileIsReadOrRefusedAsExpected(Path folder) throws IOException {
        Path expected = folder.resolve("expected.txt");
        String actual = render(folder);
        if (!Files.exists(expected) && Boolean.getBoolean("golden.write")) {
            Files.writeString(
                    Path.of("src/test/resources/csv", folder.getFileName().toString(), "expected.txt"), actual);
        }
        assertThat(expected).as("expectation of %s", folder.getFileName()).exists();
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    @Test
    void everyRowOfTheTableHasACase() throws IOException {
        List<String> numbers = cases().map(f -> f.getFileName().toString().substring(0, 2))
                .distinct()
                .toList();
        assertThat(numbers)
                .containsAll(IntStream.rangeClosed(1, TABLE_ROWS_IN_FOLDERS)
                        .mapToObj(n -> String.format("%02d", n))
                        .toList());
    }

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(root())) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(CsvGoldenTest.class.getResource("/csv"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String render(Path folder) throws IOException {
        Path input = folder.resolve("input.csv");
        try {
            return render(source(folder));
        } catch (PigeonholeException e) {
            String message = e.getMessage().replace(input.toString(), "{file}");
            return e.getClass().getSimpleName() + ": " + message + "\n";
        }
    }

    static CsvSource source(Path folder) throws IOException {
        Path options = folder.resolve("options.txt");
        CsvSource source = CsvSource.of(folder.resolve("input.csv"));
        for (String line : Files.exists(options) ? Files.readAllLines(options) : List.<String>of()) {
            String value = line.substring(line.indexOf('=') + 1);
            source = switch (line.substring(0, line.indexOf('='))) {
                case "encoding" -> source.encoding(value);
                case "delimiter" -> source.delimiter(value);
                case "text-columns" ->
                    source.textColumns(TinyCsv.records(value, ',').get(0));
                case "ragged" ->
                    source.ragged(RaggedPolicy.valueOf(value.toUpperCase().replace('-', '_')));
                case "lenient-quotes" -> source.lenientQuotes(Boolean.parseBoolean(value));
                case "bad-bytes" -> source.replaceBadBytes(value.equals("replace"));
                case "max-record-chars" -> source.maxRecordChars(Integer.parseInt(value));
                default -> throw new IllegalArgumentException(line);
            };
        }
        return source;
    }

    private static String render(CsvSource source) {
        CsvProfile profile = source.scan();
        CsvDialect dialect = profile.dialect();
        StringBuilder out = new StringBuilder();
        line(
                out,
                "dialect",
                dialect.charset() + (dialect.bom() ? " with BOM" : ""),
                Delimiters.name(dialect.delimiter()),
                dialect.lineEnding());
        line(out, "columns", profile.columns().toArray());
        line(out, "text", profile.textColumns().toArray());
        line(out, "header", profile.header());
        line(out, "rows", profile.rows());
        line(out, "oddities", profile.oddities());
        try (CsvRows<CsvItem> items = source.items(profile, 1);
                CsvRows<CsvRecord> records = source.records(profile, 1)) {
            while (items.hasNext()) {
                row(out, items.next(), records.next());
            }
            assertThat(records).isExhausted();
        }
        return out.toString();
    }

    private static void row(StringBuilder out, CsvItem item, CsvRecord record) {
        assertThat(item.row()).isEqualTo(record.row());
        String text = item.misshapen() ? "MISSHAPEN" + item.text() : "text " + item.text();
        line(out, record.row() + " on line " + record.line(), text);
        line(out, "  columns", record.columns());
        if (!record.surplus().isEmpty()) {
            line(out, "  surplus", record.surplus());
        }
    }

    private static void line(StringBuilder out, String key, Object... values) {
        out.append(key).append(':');
        for (Object value : values) {
            out.append(" [").append(visible(value.toString())).append(']');
        }
        out.append('\n');
    }

    private static String visible(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
    }
}
