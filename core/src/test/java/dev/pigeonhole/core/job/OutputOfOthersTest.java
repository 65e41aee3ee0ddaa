package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever puts a file where the output belongs while a job runs finds it there afterwards. */
class OutputOfOthersTest {
    @TempDir
    Path directory;

    @Test
    void aFileThatCameMeanwhileIsKeptAndTheJobCanBeEndedOnceItIsGone() throws Exception {
        JobHarness harness = new JobHarness(directory).rows(50);

        assertThatThrownBy(() -> harness.job(script().build()).run(event -> {
                    if (event instanceof JobEvent.BatchPublished) {
                        JobHarness.write(harness.output, "somebody's work");
                    }
                }))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(harness.output.toString())
                .hasMessageContaining("move it away");
        assertThat(harness.output).hasContent("somebody's work");

        Files.delete(harness.output);
        var nobodyIsAsked = script().build();
        assertThat(harness.run(nobodyIsAsked).state().isFinished()).isTrue();
        assertThat(nobodyIsAsked.calls()).isZero();
        assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
    }
}
