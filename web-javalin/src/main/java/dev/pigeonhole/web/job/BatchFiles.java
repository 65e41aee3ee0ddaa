package dev.pigeonhole.web.job;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The batches of a job that have their file: what is known of batches without holding the job. Immutable.
 *
 * @param done bit {@code n} for batch {@code n}, from 1
 */
record BatchFiles(BitSet done) {
    private static final Pattern NAME = Pattern.compile("batch-(\\d{1,9})\\.csv");

    static BatchFiles of(JobRecord job) {
        BitSet done = new BitSet();
        Path folder = job.directory().resolve("batches");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> add(done, file));
            } catch (IOException e) {
                throw new StorageException("cannot look into " + folder + ": " + e.getMessage(), e);
            }
        }
        return new BatchFiles(done);
    }

    private static void add(BitSet done, Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
            done.set(Integer.parseInt(name.group(1)));
        }
    }

    boolean has(int number) {
        return done.get(number);
    }

    long count() {
        return done.cardinality();
    }
}
