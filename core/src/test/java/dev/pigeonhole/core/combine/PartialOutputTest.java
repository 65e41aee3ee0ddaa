package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialOutputTest {
    private static final String INPUT = "text;category\r\n\"a\r\nb\";1\r\nc \"d\" ;2\r\n;3\r\né;4;5\r\nf\r\n";

    @TempDir
    Path directory;

    private CombineHarness harness;

    @BeforeEach
    void input() throws IOException {
        harness = new CombineHarness(directory, INPUT, ";", List.of("red"));
    }

    private static RowOutcome red(long row) {
        return new RowOutcome(row, new Outcome.Categorized("red", OptionalDouble.of(0.5), "x"), 1, 1);
    }

    private static RowOutcome failed(long row) {
        return new RowOutcome(row, new Outcome.Failed(FailureCause.TIMEOUT, "=late\n"), 1, 3);
    }

    private String partial(boolean bom, RowOutcome... rows) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        long written = new PartialOutput(harness.source, harness.profile, bom)
                .writeTo(target, consumer -> List.of(rows).forEach(consumer));
        assertThat(written).isEqualTo(rows.length);
        return target.toString(StandardCharsets.UTF_8);
    }

    @Test
    void holdsTheRowsThatAreDoneWithTheirOriginalColumns() throws IOException {
        assertThat(partial(false, red(2), failed(4), red(5)))
                .isEqualTo("text;category;category_2;category_status;category_confidence;category_source\r\n"
                        + "c \"d\" ;2;red;categorized;0.5000;x\r\n"
                        + "é;4;;failed;;\r\n"
                        + "f;;red;categorized;0.5000;x\r\n");
    }

    @Test
    void holdsTheHeaderAloneAtTheBeginning() throws IOException {
        assertThat(partial(true))
                .isEqualTo("\ufefftext;category;category_2;category_status;category_confidence;category_source\r\n");
    }

    @Test
    void isTheHeadAndTheBatchFilesOnceAllIsDone() throws IOException {
        RowOutcome[] all = {red(1), red(2), new RowOutcome(3, new Outcome.Skipped(), 0, 0), failed(4), red(5)};
        harness.lease.record(List.of(all));
        try (BatchFileWriter batches = harness.batches()) {
            batches.write(1, 1, 3);
            batches.write(2, 4, 5);
        }

        String expected = ResultColumns.head(harness.profile, true)
                + Files.readString(BatchFileWriter.file(harness.directory(), 1))
                + Files.readString(BatchFileWriter.file(harness.directory(), 2));
        assertThat(partial(true, all)).isEqualTo(expected);
    }

    @Test
    void refusesRowsThatComeInAnotherOrder() {
        assertThatThrownBy(() -> partial(false, red(2), red(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("row 2 came after row 2");
    }

    @Test
    void reportsATargetThatFails() {
        IOException gone = new IOException("gone");
        OutputStream target = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw gone;
            }
        };
        assertThatThrownBy(() -> new PartialOutput(harness.source, harness.profile, false)
                        .writeTo(target, consumer -> consumer.accept(red(1))))
                .isSameAs(gone);
    }

    @Test
    void errorsOfAnUnfinishedJobLookLikeItsErrorsFile() throws IOException {
        RowOutcome[] all = {failed(1), red(2), new RowOutcome(3, new Outcome.Skipped(), 0, 0), failed(4), failed(5)};
        harness.lease.record(List.of(all));
        try (BatchFileWriter batches = harness.batches()) {
            batches.write(1, 1, 3);
            batches.write(2, 4, 5);
        }
        harness.errors().write();
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        long written = new ErrorsFile(harness.source, harness.profile, row -> row <= 3 ? 1 : 2)
                .writeTo(target, consumer -> List.of(all).forEach(consumer));

        assertThat(written).isEqualTo(3);
        assertThat(target.toString(StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(ErrorsFileWriter.file(harness.directory())))
                .contains("\r\n4;6;2;1;TIMEOUT;3;'=late;é;4;5\r\n");
    }
}
