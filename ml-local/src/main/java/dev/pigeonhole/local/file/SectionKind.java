package dev.pigeonhole.local.file;

import java.util.Optional;

/** What a section is made of. */
enum SectionKind {
    BYTES(1, 1),
    INTS(2, 4),
    LONGS(3, 8),
    FLOATS(4, 4),
    DOUBLES(5, 8);

    /** How it stands in a file; never changes. */
    final int code;

    /** Of one element. */
    final int bytes;

    SectionKind(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static SectionKind of(Object array) {
        if (array instanceof byte[]) {
            return BYTES;
        } else if (array instanceof int[]) {
            return INTS;
        } else if (array instanceof long[]) {
            return LONGS;
        } else if (array instanceof float[]) {
            return FLOATS;
        } else if (array instanceof double[]) {
            return DOUBLES;
        }
        throw new IllegalArgumentException("no section can be made of a " + array.getClass());
    }

    static Optional<SectionKind> of(int code) {
        for (SectionKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
