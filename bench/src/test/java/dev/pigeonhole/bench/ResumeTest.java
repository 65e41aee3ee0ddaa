package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is nearly done is not done again. */
class ResumeTest {
    private static final long ROWS = 1_000_000;
    private static final long DONE = 980_000;
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC");

    @TempDir
    private Path folder;

    @Test
    void theRowsThatAreLeftAreAskedAbout() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, ROWS);

        Child paused = Child.run(EngineProcess.class, FLAGS, input, folder, DONE);
        assertThat(paused.text("state")).isEqualTo("PAUSED");
        assertThat(paused.number("categorized")).isEqualTo(DONE);

        Child resumed = Child.run(EngineProcess.class, FLAGS, input, folder, 0);
        assertThat(resumed.text("state")).isEqualTo("COMPLETED");
        assertThat(resumed.number("before")).isEqualTo(DONE);
        assertThat(resumed.number("asked")).isEqualTo(ROWS - DONE);
        assertThat(resumed.number("categorized")).isEqualTo(ROWS);
        assertThat(Sha256.of(folder.resolve("output.csv"))).isEqualTo(expected);
    }
}
