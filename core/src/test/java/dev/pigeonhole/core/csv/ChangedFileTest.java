package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not what it was when it was scanned. */
class ChangedFileTest {
    private static final int ROWS = 4_500;

    @TempDir
    Path folder;

    private Path file;
    private CsvSource source;
    private CsvProfile profile;

    @BeforeEach
    void scan() throws IOException {
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append(String.format("%05d,hello%n", row));
        }
        file = Files.writeString(folder.resolve("input.csv"), csv);
        source = CsvSource.of(file);
        profile = source.scan();
    }

    @Test
    void aDeletedFileIsRefused() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> source.items(profile, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void anotherSizeIsRefusedAtOnce() throws IOException {
        Files.writeString(file, Files.readString(file) + "04501,more\n");
        refused(1, "bytes and now has");
    }

    @Test
    void anotherHeaderIsRefusedAtOnce() throws IOException {
        edit("id,text", "di,text");
        refused(1, "its header is another one");
    }

    @Test
    void aRowLessIsRefusedAtTheNextMark() throws IOException {
        edit("\n00003,", ",00003,");
        refused(1, "row 2001 does not begin where it began");
    }

    @Test
    void aRowLessAfterTheLastMarkIsRefusedAtTheEnd() throws IOException {
        edit("\n04400,", ",04400,");
        refused(4_300, "it ends after row 4499 of 4500");
    }

    @Test
    void aRowMoreIsRefusedAtTheEnd() throws IOException {
        edit("04400,hel", "04400,h\n1");
        refused(4_300, "it goes on after its 4500 rows");
    }

    @Test
    void aQuoteThatWasNotThereIsRefused() throws IOException {
        edit("04400,h", "04400,\"");
        assertThatThrownBy(() -> readAll(4_300)).isInstanceOf(InputException.class);
    }

    @Test
    void anUnchangedFileIsReadFromEveryMark() {
        for (RowMark mark : profile.index()) {
            assertThat(readAll(mark.row())).isEqualTo(ROWS - mark.row() + 1);
        }
    }

    private void edit(String old, String now) throws IOException {
        assertThat(now).hasSameSizeAs(old);
        Files.writeString(file, Files.readString(file).replace(old, now));
    }

    private void refused(long fromRow, String problem) {
        assertThatThrownBy(() -> readAll(fromRow))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no longer the file that was scanned")
                .hasMessageContaining(problem);
    }

    private long readAll(long fromRow) {
        long rows = 0;
        try (CsvRows<CsvRecord> records = source.records(profile, fromRow)) {
            while (records.hasNext()) {
                records.next();
                rows++;
            }
        }
        return rows;
    }
}
