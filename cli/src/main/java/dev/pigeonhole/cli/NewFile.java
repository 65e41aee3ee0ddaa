package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Refuses to write over what somebody may still want. Stateless. */
final class NewFile {
    private NewFile() {}

    /**
     * Looks before the work is done.
     *
     * @param force whether a file that is there may be replaced
     * @param sources files that the new one is made from; they are never replaced
     */
    static void require(Path file, boolean force, @Nullable Path... sources) {
        if (Files.isDirectory(file)) {
            throw new ConfigurationException("--out " + file + " is a folder; name a file");
        }
        for (Path source : sources) {
            if (source != null && RealPath.of(source).equals(RealPath.of(file))) {
                throw new ConfigurationException(
                        "--out " + file + " is a file that is read here; name another with --out");
            }
        }
        if (Files.exists(file) && !force) {
            throw new ConfigurationException(
                    file + " is there already; name another with --out, or replace it with --force");
        }
    }
}
