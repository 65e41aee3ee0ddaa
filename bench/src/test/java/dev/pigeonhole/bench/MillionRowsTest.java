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
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, ROWS);

        Child engine = Child.run(EngineProcess.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), input, folder, 0);

        assertThat(engine.text("state")).isEqualTo("COMPLETED");
        assertThat(engine.number("rows")).isEqualTo(ROWS);
        assertThat(engine.number("categorized")).isEqualTo(ROWS);
        assertThat(engine.number("asked")).isEqualTo(ROWS);
        assertThat(engine.number("batches")).isEqualTo(500);
        Path output = folder.resolve("output.csv");
        try (var lines = Files.lines(output)) {
            assertThat(lines.count()).isEqualTo(1 + ROWS);
        }
        assertThat(Sha256.of(output)).isEqualTo(expected);
    }
}
