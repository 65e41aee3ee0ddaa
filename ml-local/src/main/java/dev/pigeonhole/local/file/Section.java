package dev.pigeonhole.local.file;

import java.nio.charset.StandardCharsets;

/**
 * What the table says of a section.
 *
 * @param name 1 to 255 characters of ASCII
 * @param count number of elements
 */
record Section(SectionKind kind, String name, int count) {
    /** More elements do not fit into an array on every Java machine. */
    static final int MOST = Integer.MAX_VALUE - 8;

    private static final int MOST_NAME = 255;

    Section {
        if (name.isEmpty()
                || name.length() > MOST_NAME
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("not the name of a section: " + name);
        }
    }

    /** Of its elements. */
    long bytes() {
        return (long) count * kind.bytes;
    }

    /** Of its entry in the table: kind, length of the name, name, count. */
    int entryBytes() {
        return 2 + name.length() + Long.BYTES;
    }
}
