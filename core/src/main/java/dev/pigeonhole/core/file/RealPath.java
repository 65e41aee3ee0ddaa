package dev.pigeonhole.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one name of a file that may have many: absolute, with links followed as far as the path exists. Stateless. */
public final class RealPath {
    private RealPath() {}

    /**
     * Follows links as the system does: {@code link/../file} is beside what the link points to. What does not exist yet keeps its
     * name below the nearest folder that does.
     */
    public static Path of(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            return belowParent(absolute);
        }
    }

    private static Path belowParent(Path absolute) {
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null || Files.isSymbolicLink(absolute)) {
            return absolute.normalize();
        }
        return of(parent).resolve(name).normalize();
    }
}
