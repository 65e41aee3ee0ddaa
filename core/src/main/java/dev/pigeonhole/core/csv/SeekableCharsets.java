package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;

/** Knows in which encodings reading can start in the middle. Stateless. */
final class SeekableCharsets {
    private static final Set<String> MULTI_BYTE = Set.of(
            "GBK",
            "GB2312",
            "GB18030",
            "BIG5",
            "BIG5-HKSCS",
            "SHIFT_JIS",
            "WINDOWS-31J",
            "EUC-JP",
            "EUC-KR",
            "X-WINDOWS-949",
            "X-WINDOWS-950",
            "X-WINDOWS-874");

    private SeekableCharsets() {}

    /** False if what a byte means may depend on shifts far before it. */
    static boolean contains(Charset charset) {
        String name = charset.name().toUpperCase(Locale.ROOT);
        return name.matches("UTF-(8|(16|32)(LE|BE))") || MULTI_BYTE.contains(name) || oneByteEach(charset);
    }

    private static boolean oneByteEach(Charset charset) {
        return charset.canEncode()
                && charset.newEncoder().maxBytesPerChar() == 1
                && charset.newDecoder().maxCharsPerByte() == 1;
    }
}
