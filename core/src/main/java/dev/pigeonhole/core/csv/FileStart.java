package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a file tell: that it is text at all, and in which encoding. Immutable. */
@SuppressWarnings("ArrayRecordComponent")
record FileStart(byte[] sample, Charset charset, boolean bom) {
    static final int SAMPLE_BYTES = 1 << 16;

    /** Refuses an empty file, one that is no text, and one whose encoding would have to be guessed. */
    static FileStart read(Path path, @Nullable Charset asked) {
        byte[] sample = InputFile.head(path, SAMPLE_BYTES);
        ByteOrderMark bom = ByteOrderMark.of(sample);
        int bomBytes = bom == null ? 0 : bom.length();
        if (sample.length == bomBytes) {
            throw Messages.empty(path);
        }
        FileKind.refuseOther(path, sample);
        if (asked != null) {
            return new FileStart(sample, resolve(path, sample, asked, bom), bom != null);
        }
        if (bom != null) {
            return new FileStart(sample, bom.charset(), true);
        }
        FileKind.refuseBinary(path, sample);
        return new FileStart(sample, StandardCharsets.UTF_8, false);
    }

    private static Charset resolve(Path path, byte[] sample, Charset asked, @Nullable ByteOrderMark bom) {
        if (bom != null) {
            return agree(path, asked, bom);
        }
        if (!isGeneric(asked)) {
            return asked;
        }
        Charset likely = ZeroPattern.charset(sample);
        if (likely == null || !likely.name().startsWith(asked.name())) {
            throw new ConfigurationException(path + ": --encoding " + asked.name()
                    + " leaves the byte order open and the" + " file has no byte order mark; say --encoding "
                    + asked.name() + "LE or " + asked.name() + "BE");
        }
        return likely;
    }

    private static Charset agree(Path path, Charset asked, ByteOrderMark bom) {
        Charset found = bom.charset();
        if (asked.equals(found) || (isGeneric(asked) && found.name().startsWith(asked.name()))) {
            return found;
        }
        throw new ConfigurationException(path + " begins with the byte order mark of " + found.name()
                + ", but --encoding says " + asked.name() + "; leave --encoding out");
    }

    private static boolean isGeneric(Charset charset) {
        return charset.name().equals("UTF-16") || charset.name().equals("UTF-32");
    }
}
