package dev.pigeonhole.web;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page, ready to be sent. The bytes are not to be changed. Immutable otherwise.
 *
 * @param etag changes with the content
 */
@SuppressWarnings("ArrayRecordComponent") // Sent as they are, never compared.
record Asset(String type, byte[] plain, byte[] packed, String etag) {
    static Asset of(String type, byte[] content) {
        return new Asset(type, content, pack(content), "\"" + digest(content).substring(0, 32) + "\"");
    }

    private static String digest(byte[] content) {
        MessageDigest digest = Digest.start();
        digest.update(content);
        return Digest.hex(digest);
    }

    private static byte[] pack(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new StorageException("a file of the page cannot be packed", e);
        }
        return packed.toByteArray();
    }
}
