package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final String AT = "2026-05-04T10:12:30.123Z ";

    @TempDir
    Path folder;

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private List<String> texts(String job, String level, String words, int skip, int most) {
        return page(job, level, words, skip, most).lines().stream()
                .map(LogReader.Line::text)
                .toList();
    }

    private LogReader.Page page(String job, String level, String words, int skip, int most) {
        return new LogReader(folder).read(new LogReader.Query(job, level, words), skip, most);
    }

    @Test
    void whereNothingWasWrittenThereAreNoLines() {
        assertThat(page("abc", "info", "", 0, 10)).isEqualTo(new LogReader.Page(List.of(), 0, true));
    }

    @Test
    void theNewestLineOfTheNewestFileComesFirst() throws Exception {
        write("error.log", AT + "WARN job=abc third", AT + "ERROR job=abc fourth");
        write("error.log.1", AT + "WARN row failed job=abc second");
        write("error.log.5", AT + "WARN job=abc first");
        write("error.log.6", AT + "WARN job=abc none of ours");
        assertThat(texts("abc", "info", "", 0, 10))
                .containsExactly("job=abc fourth", "job=abc third", "row failed job=abc second", "job=abc first");
        LogReader.Page page = page("abc", "info", "", 1, 2);
        assertThat(page.total()).isEqualTo(4);
        assertThat(page.lines()).hasSize(2);
        assertThat(page.lines().get(0).at()).hasToString("2026-05-04T10:12:30.123Z");
    }

    @Test
    void linesOfOtherJobsAndOtherThingsAreLeftOut() throws Exception {
        write(
                "error.log",
                AT + "WARN job=abc ours",
                AT + "WARN job=abcd longer",
                AT + "WARN job=xabc other",
                AT + "WARN job=xyz message=told us job=abc",
                AT + "WARN about abc",
                AT + "WARN subjob=abc",
                "no line of ours job=abc",
                "2026-13-44T99:99:99Z WARN job=abc no time",
                "");
        assertThat(texts("abc", "info", "", 0, 10)).containsExactly("job=abc ours");
    }

    @Test
    void levelAndWordsFilter() throws Exception {
        write("error.log", AT + "INFO job=abc One", AT + "WARN job=abc Two", AT + "ERROR job=abc Three");
        assertThat(texts("abc", "warn", "", 0, 10)).containsExactly("job=abc Three", "job=abc Two");
        assertThat(texts("abc", "ERROR", "", 0, 10)).containsExactly("job=abc Three");
        assertThat(texts("abc", "info", "tWO", 0, 10)).containsExactly("job=abc Two");
        assertThatThrownBy(() -> texts("abc", "loud", "", 0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofAVeryLongFileTheEndIsRead() throws Exception {
        List<String> lines = new ArrayList<>(List.of(AT + "WARN job=abc too far back"));
        String other = AT + "WARN job=xyz " + "x".repeat(10_000);
        for (int i = 0; i < 1_700; i++) {
            lines.add(other);
        }
        lines.add(AT + "WARN job=abc near");
        Files.write(folder.resolve("error.log"), lines);
        LogReader.Page page = page("abc", "info", "", 0, 10);
        assertThat(page.lines()).hasSize(1);
        assertThat(page.exact()).isFalse();
    }

    @Test
    void aLineThatIsBeingWrittenIsNotCutOff() throws Exception {
        Files.writeString(
                folder.resolve("error.log"), AT + "WARN job=abc whole\n" + AT + "WARN job=abc no line end yet");
        assertThat(texts("abc", "info", "", 0, 10)).containsExactly("job=abc no line end yet", "job=abc whole");
    }
}
