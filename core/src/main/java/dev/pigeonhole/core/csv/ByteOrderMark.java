package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes that some programs put first to tell the encoding. Immutable. */
record ByteOrderMark(String hex, Charset charset) {
    /** Longer marks first: the one of UTF-32LE begins like the one of UTF-16LE. */
    private static final List<ByteOrderMark> ALL = List.of(
            new ByteOrderMark("fffe0000", Charset.forName("UTF-32LE")),
            new ByteOrderMark("0000feff", Charset.forName("UTF-32BE")),
            new ByteOrderMark("efbbbf", StandardCharsets.UTF_8),
            new ByteOrderMark("fffe", StandardCharsets.UTF_16LE),
            new ByteOrderMark("feff", StandardCharsets.UTF_16BE));

    /** Null if these bytes begin with none. */
    static @Nullable ByteOrderMark of(byte[] bytes) {
        String start = HexFormat.of().formatHex(bytes, 0, Math.min(4, bytes.length));
        return ALL.stream().filter(bom -> start.startsWith(bom.hex)).findFirst().orElse(null);
    }

    /** Bytes of the mark of an encoding that has one. */
    static int length(Charset charset) {
        return ALL.stream()
                .filter(bom -> bom.charset.equals(charset))
                .mapToInt(ByteOrderMark::length)
                .findFirst()
                .orElse(0);
    }

    /** In bytes. */
    int length() {
        return hex.length() / 2;
    }
}
