package dev.pigeonhole.core.csv;

/** Counts line endings outside quotes. Not thread-safe. */
final class LineEndings {
    long lf;
    long crLf;
    long cr;

    /** The most frequent; LF if there is none. */
    String dominant() {
        if (crLf > lf && crLf >= cr) {
            return "\r\n";
        }
        return cr > lf ? "\r" : "\n";
    }
}
