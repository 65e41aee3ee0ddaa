package dev.pigeonhole.bench.inner;

import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A file of {@value #ROWS} rows of about 100 bytes, every fiftieth with quotes, and what its scan found. */
@State(Scope.Benchmark)
public class SmallTable {
    public static final int ROWS = 10_000;
    private static final int WORDS = 14;

    private Path file = Path.of("");
    private @Nullable CsvSource source;
    private @Nullable CsvProfile profile;

    /** Written anew for each process of measurements. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        file = Files.createTempFile("loops", ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,text,source\n");
            for (int row = 1; row <= ROWS; row++) {
                String text = text(row);
                out.write(row + "," + (row % 50 == 0 ? "\"" + text + ", \"\"now\"\"\"" : text) + ",web\n");
            }
        }
        CsvSource written = CsvSource.of(file).textColumns("text");
        source = written;
        profile = written.scan();
    }

    /** The text of a row; depends on its number only. */
    public static String text(int row) {
        SplittableRandom random = new SplittableRandom(row);
        StringBuilder text = new StringBuilder("where");
        for (int word = 0; word < WORDS; word++) {
            text.append(' ').append(Long.toString(random.nextLong(1L << 28), 36));
        }
        return text.toString();
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
    }

    public Path file() {
        return file;
    }

    public CsvSource source() {
        return Objects.requireNonNull(source, "written first");
    }

    public CsvProfile profile() {
        return Objects.requireNonNull(profile, "written first");
    }
}
