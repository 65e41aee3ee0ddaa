package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.workspace.TrialFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What trials have measured, in the workspace's folder of trials: a file for each model, settings, categories and file of rows, the
 * last one holds. They have no texts, and stay when the rows of a trial are removed. Thread-safe.
 */
public final class Measurements {
    private static final String PREFIX = "measured-";
    private static final String SUFFIX = ".json";

    private final Path folder;

    private Measurements(Path folder) {
        this.folder = folder;
    }

    public static Measurements in(Path workspace) {
        return new Measurements(workspace.resolve(TrialFiles.FOLDER));
    }

    private Path file(MeasurementKey key) {
        return folder.resolve(PREFIX + key.subject() + "-" + key.way() + SUFFIX);
    }

    /** @throws StorageException what is there cannot be read */
    Optional<Measurement> find(MeasurementKey key) {
        Path file = file(key);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** All of the same rows and categories, by file name. */
    List<Measurement> about(String subject) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + subject + "-*" + SUFFIX)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new StorageException("cannot read the folder " + folder + ": " + e.getMessage(), e);
        }
        return files.stream().sorted().map(Measurements::read).toList();
    }

    private static Measurement read(Path file) {
        try {
            return MeasurementJson.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageException(
                    "what a trial measured cannot be read in " + file + ": " + e.getMessage()
                            + "; delete this file, the next trial writes it anew",
                    e);
        }
    }

    /** Keeps it in place of the one before; returns what is kept. Readable by the user only, where the system knows such things. */
    Measurement keep(MeasurementKey key, Measurement measured) {
        Measurement kept = find(key).map(measured::orCostOf).orElse(measured);
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, PREFIX, ".tmp");
            Files.writeString(temporary, MeasurementJson.write(kept));
            Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw new StorageException("cannot keep what the trial measured in " + folder + ": " + e.getMessage(), e);
        }
    }
}
