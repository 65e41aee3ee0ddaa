package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;

/** Copies, and compares the digest of every part with the recorded one on the way. */
final class BytewiseCombiner implements Combiner {
    @Override
    public long combine(byte[] head, Parts parts, OutputStream target) throws IOException {
        target.write(head);
        Copy copy = new Copy(target);
        parts.forEach(copy::append);
        return copy.rows;
    }

    private static final class Copy {
        private final OutputStream target;
        private final byte[] buffer = new byte[1 << 16];
        private long rows;

        Copy(OutputStream target) {
            this.target = target;
        }

        void append(Part part) {
            try {
                if (!digestOfCopy(part).equals(part.expected().sha256())) {
                    throw new DamagedPartException(part, null);
                }
            } catch (NoSuchFileException | FileNotFoundException e) {
                throw new DamagedPartException(part, e);
            } catch (IOException e) {
                throw new StorageException("cannot copy batch file " + part.file() + ": " + e.getMessage(), e);
            }
            rows += part.expected().rows();
        }

        private String digestOfCopy(Part part) throws IOException {
            MessageDigest digest = Digest.start();
            try (InputStream in = Files.newInputStream(part.file())) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    target.write(buffer, 0, n);
                }
            }
            return Digest.hex(digest);
        }
    }
}
