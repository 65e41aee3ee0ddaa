package dev.pigeonhole.workspace;

import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code error.log} and its older files, the newest lines first; beside those that write it. Holds one file at a time, of at
 * most 16 MB. Immutable and thread-safe.
 */
public final class LogReader {
    private static final int OLD_FILES = 5;
    private static final int MOST_BYTES = 16 << 20;
    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S{1,30}Z) (ERROR|WARN|INFO|DEBUG|TRACE) +(.*)", Pattern.DOTALL);
    private static final Pattern JOB = Pattern.compile(" job=([a-z0-9]+)");
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private final Path directory;

    /** @param directory where {@link ErrorLog} writes to; may be missing */
    public LogReader(Path directory) {
        this.directory = directory;
    }

    /**
     * A line of the log. Immutable.
     *
     * @param level {@code ERROR}, {@code WARN}, …
     */
    public record Line(Instant at, String level, String text) {}

    /**
     * Which lines are meant. Immutable.
     *
     * @param job of this job only
     * @param level of this level or a graver one; lower or upper case
     * @param words lines that hold this text, whatever its case; empty for all
     */
    public record Query(String job, String level, String words) {
        /** @throws IllegalArgumentException there is no such level */
        public Query {
            level = level.toUpperCase(Locale.ROOT);
            if (!LEVELS.contains(level)) {
                throw new IllegalArgumentException("there is no level " + level);
            }
            words = words.toLowerCase(Locale.ROOT);
        }

        private boolean admits(Line line) {
            Matcher first = JOB.matcher(" " + line.text());
            return LEVELS.indexOf(line.level()) >= LEVELS.indexOf(level)
                    && first.find()
                    && first.group(1).equals(job)
                    && line.text().toLowerCase(Locale.ROOT).contains(words);
        }
    }

    /**
     * Some lines, the newest first. Immutable.
     *
     * @param total how many lines there are behind the query; at least, if not exact
     * @param exact whether all that is left of the log was looked at
     */
    public record Page(List<Line> lines, long total, boolean exact) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Reads some lines.
     *
     * @param skip how many of the newest are left out, from 0
     * @param most how many are wanted, from 0
     * @throws StorageException the log cannot be read
     */
    public Page read(Query query, long skip, int most) {
        Collector found = new Collector(query, skip, most);
        boolean exact = true;
        for (int i = 0; i <= OLD_FILES; i++) {
            exact &= read(directory.resolve(i == 0 ? "error.log" : "error.log." + i), found);
        }
        return new Page(found.lines, found.total, exact);
    }

    /** False if the beginning of the file was left out. */
    private static boolean read(Path file, Collector found) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            long start = Math.max(0, size - MOST_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - start));
            channel.position(start);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the buffer is full, or the file has become shorter.
            }
            backwards(bytes.array(), bytes.position(), start > 0, found);
            return start == 0;
        } catch (NoSuchFileException e) {
            return true; // There are no older ones, or it was just given another number.
        } catch (IOException e) {
            throw new StorageException("cannot read the log " + file + ": " + e.getMessage(), e);
        }
    }

    private static void backwards(byte[] bytes, int length, boolean cut, Collector found) {
        int end = length;
        for (int i = length - 1; i >= -1; i--) {
            boolean begins = i < 0 ? !cut : bytes[i] == '\n';
            if (begins && i + 1 < end) {
                found.look(new String(bytes, i + 1, end - i - 1, StandardCharsets.UTF_8).strip());
            }
            if (begins) {
                end = i;
            }
        }
    }

    private static Optional<Line> parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Line(Instant.parse(line.group(1)), line.group(2), line.group(3)));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // Not a line that the log has written.
        }
    }

    /** Counts the lines that are meant, and keeps those of the page. */
    private static final class Collector {
        private final Query query;
        private final long skip;
        private final int most;
        private final List<Line> lines = new ArrayList<>();
        private long total;

        Collector(Query query, long skip, int most) {
            this.query = query;
            this.skip = skip;
            this.most = most;
        }

        void look(String text) {
            // Looked at first, because most lines are of other jobs.
            if (text.contains(query.job())) {
                parse(text).filter(query::admits).ifPresent(this::add);
            }
        }

        private void add(Line line) {
            total++;
            if (total > skip && lines.size() < most) {
                lines.add(line);
            }
        }
    }
}
