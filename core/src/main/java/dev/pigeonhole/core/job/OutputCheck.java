package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.csv.CsvProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Finds out before the first call whether the output can be written where it should go. */
final class OutputCheck {
    /** Batch files and output, each about the input and the result columns; a little for the store. */
    private static final double SPACE_FACTOR = 2.2;

    private static final long SPACE_PER_ROW = 150;

    private OutputCheck() {}

    static void requireUsable(JobRequest request, boolean overwrite) {
        Path output = request.output();
        if (isSameFile(output, request.inputFile())) {
            throw new ConfigurationException("the output " + output + " is the input; name another file with --output");
        }
        if (Files.isDirectory(output)) {
            throw new ConfigurationException("the output " + output + " is a folder; name a file with --output");
        }
        if (Files.exists(output) && !Files.isRegularFile(output)) {
            throw new ConfigurationException(
                    "the output " + output + " is no ordinary file; name a file with --output");
        }
        if (Files.exists(output) && !overwrite) {
            throw new ConfigurationException("the output " + output
                    + " exists, and no job for this input wrote it; name another file with --output, or replace it with"
                    + " --existing new");
        }
        if (output.getParent() == null || !Files.isDirectory(output.getParent())) {
            throw new ConfigurationException("the output " + output + " cannot be written: there is no folder "
                    + output.getParent() + "; make it, or name another place with --output");
        }
        requireWritable(request);
    }

    /** By any name: a link to the input is the input. */
    private static boolean isSameFile(Path output, Path input) {
        try {
            return output.equals(input)
                    || (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "cannot find out whether the output " + output + " is the input: " + reason(e), e);
        }
    }

    private static void requireWritable(JobRequest request) {
        Path output = request.output();
        // A name of its own: another process may ask the same at this moment, or may have ended while it did.
        Path probe = output.resolveSibling("." + output.getFileName() + "." + UUID.randomUUID() + ".probe");
        try {
            request.disk().create(probe).close();
            request.disk().delete(probe);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the output " + output + " cannot be written: " + reason(e) + "; name another place with --output",
                    e);
        }
    }

    static void requireSpace(Path output, CsvProfile profile) {
        long needed = (long) (profile.bytes() * SPACE_FACTOR) + profile.rows() * SPACE_PER_ROW;
        try {
            long free = Files.getFileStore(output.getParent()).getUsableSpace();
            if (free < needed) {
                throw new StorageException(
                        "about " + (needed >> 20) + " MiB are needed below " + output.getParent() + ", " + (free >> 20)
                                + " MiB are free; nothing was sent",
                        null);
            }
        } catch (IOException e) {
            throw new StorageException("cannot find out how much space is free in " + output.getParent(), e);
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null || e.getMessage().contains(".probe") ? name : e.getMessage();
    }
}
