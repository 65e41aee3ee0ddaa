package dev.pigeonhole.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as lower-case hexadecimal. Stateless. */
public final class Digest {
    private static final int BLOCK_BYTES = 1 << 18;

    private Digest() {}

    /** A digest to feed bytes into; finish it with {@link #hex}. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of all that was fed; resets it. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of all that is left in a channel. */
    public static String sha256(ReadableByteChannel channel) throws IOException {
        MessageDigest digest = start();
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        while (channel.read(block) >= 0) {
            digest.update(block.flip());
            block.clear();
        }
        return hex(digest);
    }

    /** The digest of a text in UTF-8. */
    public static String sha256(String text) {
        MessageDigest digest = start();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }
}
