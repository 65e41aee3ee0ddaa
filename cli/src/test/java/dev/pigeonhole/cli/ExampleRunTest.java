package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the README begins with, on the data of the checkout. */
class ExampleRunTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "banking77");
    private static final int ROWS = 3_080;

    @TempDir
    Path directory;

    private Path run(String name, String... more) {
        Path output = directory.resolve(name).resolve("output.csv");
        List<String> command = Stream.concat(
                        Stream.of(
                                "run",
                                EXAMPLE.resolve("test.csv").toString(),
                                "--categories=" + EXAMPLE.resolve("categories.yaml"),
                                "--text-column=text",
                                "--output=" + output,
                                "--workspace=" + directory.resolve(name).resolve("workspace"),
                                "--logs=" + directory.resolve("logs")),
                        Stream.of(more))
                .toList();
        new Cli(directory).say(command.toArray(String[]::new)).is(ExitCode.DONE);
        return output;
    }

    private static List<CSVRecord> records(Path file) throws Exception {
        try (CSVParser parser = CSVParser.parse(
                Files.readString(file), CSVFormat.DEFAULT.builder().get())) {
            return parser.getRecords();
        }
    }

    @Test
    void writesAllRowsInOrderInTwoBatchFilesAndIsMostlyRight() throws Exception {
        Files.createDirectory(directory.resolve("a"));
        List<CSVRecord> out = records(run("a"));
        List<CSVRecord> in = records(EXAMPLE.resolve("test.csv"));

        assertThat(out).hasSize(ROWS + 1);
        int right = 0;
        for (int row = 1; row <= ROWS; row++) {
            assertThat(out.get(row).get(0)).isEqualTo(in.get(row).get(0));
            assertThat(out.get(row).get(1)).isEqualTo(in.get(row).get(1));
            right += out.get(row).get(2).equals(in.get(row).get(1)) ? 1 : 0;
        }
        assertThat(right / (double) ROWS).isGreaterThanOrEqualTo(0.65);
        try (Stream<Path> files = Files.walk(directory.resolve("a").resolve("workspace"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("batch-")))
                    .hasSize(2);
        }
    }

    @Test
    void writesTheSameForOddSizes() throws Exception {
        int[][] sizes = {{1, 1}, {7, 7}, {5_000, 1_000}, {100, 1}};
        Files.createDirectory(directory.resolve("s"));
        String expected = Files.readString(run("s"));
        for (int[] size : sizes) {
            String name = size[0] + "-" + size[1];
            Files.createDirectory(directory.resolve(name));
            Path output = run(name, "--batch-size=" + size[0], "--sub-batch-size=" + size[1]);
            assertThat(Files.readString(output).equals(expected)).as(name).isTrue();
        }
    }
}
