package dev.pigeonhole.core.checkpoint;

import java.util.Objects;

/**
 * What is known of a file that was published.
 *
 * @param rows rows in it, the header left out
 * @param bytes size
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record PublishedFile(long rows, long bytes, String sha256) {
    public PublishedFile {
        Objects.requireNonNull(sha256, "sha256");
    }
}
