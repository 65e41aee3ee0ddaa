package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the file, and a million rows come out as they went in. */
class MillionRowsTest {
    private static final long ROWS = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void aMillionRowsNeedNoMoreThan64Megabytes() throws IOException, InterruptedException {
        runs(ROWS, "");
    }

    /** Every answer is kept under the key of its text. */
    @Test
    void answersThatArePaidForNeedNoMoreEither() throws IOException, InterruptedException {
        runs(200_000, EngineProcess.PAID);
    }

    private void runs(long rows, String kind) throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, rows);

        Child engine = Child.run(EngineProcess.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), input, folder, 0, kind);

        assertThat(engine.text("state")).isEqualTo("COMPLETED");
        assertThat(engine.number("rows")).isEqualTo(rows);
        assertThat(engine.number("categorized")).isEqualTo(rows);
        assertThat(engine.number("asked")).isEqualTo(rows);
        assertThat(engine.number("batches")).isEqualTo(rows / 2_000);
        Path output = folder.resolve("output.csv");
        try (var lines = Files.lines(output)) {
            assertThat(lines.count()).isEqualTo(1 + rows);
        }
        assertThat(Sha256.of(output)).isEqualTo(expected);
    }
}
