package dev.pigeonhole.cascade;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code cascade.txt} in a job's folder: one {@code key=value} a line. It only saves work and fixes decisions; without it, they
 * are found again from the stored answers.
 */
final class StateFile {
    static final String NAME = "cascade.txt";
    private static final String VERSION = "1";

    private final Disk disk;
    private final Path file;
    private final Path temporary;

    StateFile(Disk disk, Path directory) {
        this.disk = disk;
        this.file = directory.resolve(NAME);
        this.temporary = directory.resolve("tmp").resolve(NAME);
    }

    /** Replaces what was kept, in one step, durably. */
    void save(CascadeState state) {
        try (DurableFile out = DurableFile.create(disk, file, temporary)) {
            lines(state).forEach((key, value) -> out.write(key + "=" + value + "\n"));
            out.seal();
            out.publish();
        }
    }

    /**
     * What was kept; empty if nothing was.
     *
     * @param identity what it must be about
     * @throws ConfigurationException it is damaged, or about something else
     */
    Optional<CascadeState> load(String identity) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : read()) {
            int sign = line.indexOf('=');
            lines.put(line.substring(0, Math.max(0, sign)), line.substring(sign + 1));
        }
        CascadeState state = parsed(lines);
        if (!state.identity().equals(identity)) {
            throw unusable("it is about \"" + state.identity() + "\", expected \"" + identity + "\"", null);
        }
        return Optional.of(state);
    }

    /** How it ended, whatever it is about; empty if it has not, or if that cannot be read. */
    Optional<Agreement> agreement() {
        String begin = "agreement=";
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return read().stream()
                    .filter(line -> line.startsWith(begin))
                    .map(line -> agreement(line.substring(begin.length())))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // It is only shown; the next run of the job says what is wrong with it.
        }
    }

    private List<String> read() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new StorageException(
                    "cannot read " + file + ": " + e.getMessage() + ". Fix the folder, then resume", e);
        }
    }

    private static Map<String, String> lines(CascadeState state) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("version", VERSION);
        lines.put("about", state.identity());
        lines.put("drawn", Boolean.toString(state.drawn()));
        lines.put(
                "rounds",
                String.join(" ", state.rounds().stream().map(String::valueOf).toList()));
        state.verdict().ifPresent(verdict -> {
            lines.put("threshold", Double.toString(verdict.threshold()));
            lines.put("audits", Double.toString(verdict.audits()));
            lines.put("revision", Integer.toString(verdict.revision()));
        });
        state.agreement().ifPresent(agreement -> lines.put("agreement", text(agreement)));
        lines.put("end", "true");
        return lines;
    }

    private CascadeState parsed(Map<String, String> lines) {
        try {
            if (!VERSION.equals(lines.get("version")) || !lines.containsKey("end")) {
                throw new IllegalArgumentException("its first line must be version=" + VERSION + ", its last end=true");
            }
            List<Double> rounds = new ArrayList<>();
            for (String below : value(lines, "rounds").split(" ", -1)) {
                if (!below.isEmpty()) {
                    rounds.add(Double.valueOf(below));
                }
            }
            return new CascadeState(
                    value(lines, "about"),
                    Boolean.parseBoolean(value(lines, "drawn")),
                    rounds,
                    lines.containsKey("threshold") ? Optional.of(verdict(lines)) : Optional.empty(),
                    Optional.ofNullable(lines.get("agreement")).map(StateFile::agreement));
        } catch (IllegalArgumentException e) {
            throw unusable("it is damaged (" + e.getMessage() + ")", e);
        }
    }

    private static CascadeState.Verdict verdict(Map<String, String> lines) {
        return new CascadeState.Verdict(
                Double.parseDouble(value(lines, "threshold")),
                Double.parseDouble(value(lines, "audits")),
                Integer.parseInt(value(lines, "revision")));
    }

    private static String text(Agreement a) {
        return a.target() + " " + a.local() + " " + a.asked() + " " + a.compared() + " " + a.agreed() + " "
                + a.estimate() + " " + a.lowerBound() + " " + a.audited() + " " + a.auditAgreed() + " " + a.threshold();
    }

    private static Agreement agreement(String text) {
        String[] part = text.split(" ", -1);
        if (part.length != 10) {
            throw new IllegalArgumentException("agreement has " + part.length + " figures");
        }
        return new Agreement(
                Double.parseDouble(part[0]),
                Long.parseLong(part[1]),
                Long.parseLong(part[2]),
                Long.parseLong(part[3]),
                Long.parseLong(part[4]),
                Double.parseDouble(part[5]),
                Double.parseDouble(part[6]),
                Long.parseLong(part[7]),
                Long.parseLong(part[8]),
                Double.parseDouble(part[9]));
    }

    private static String value(Map<String, String> lines, String key) {
        String value = lines.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no line " + key + "=");
        }
        return value;
    }

    private ConfigurationException unusable(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = "the file " + file + ", in which a cascade keeps what it has decided, cannot be used: " + why
                + ". Delete it and resume the job: the decisions are found again from the stored answers, nothing is paid"
                + " twice";
        return cause == null ? new ConfigurationException(message) : new ConfigurationException(message, cause);
    }
}
