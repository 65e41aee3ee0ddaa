package dev.pigeonhole.bench;

import dev.pigeonhole.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Digests of whole files. Stateless. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest start() {
        return Digest.start();
    }

    static String of(Path file) throws IOException {
        MessageDigest digest = start();
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
        }
        return Digest.hex(digest);
    }
}
