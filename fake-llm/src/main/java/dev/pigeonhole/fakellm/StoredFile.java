package dev.pigeonhole.fakellm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A file that was uploaded or that a batch made. Immutable, except that its bytes are not copied, and for its receipt. */
final class StoredFile {
    private final String id;
    private final String name;
    private final String purpose;
    private final Instant created;
    private final long bytes;
    private final byte[] packed;
    private final String digest;
    private final Receipt receipt;

    /** @param digest of what is in it, if anybody wants to compare it */
    StoredFile(
            String id, String name, String purpose, Instant created, Packer content, String digest, Receipt receipt) {
        this.id = id;
        this.name = name;
        this.purpose = purpose;
        this.created = created;
        this.packed = content.end();
        this.bytes = content.bytes();
        this.digest = digest;
        this.receipt = receipt;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String purpose() {
        return purpose;
    }

    Instant created() {
        return created;
    }

    long bytes() {
        return bytes;
    }

    String digest() {
        return digest;
    }

    Receipt receipt() {
        return receipt;
    }

    byte[] content() {
        try (InputStream in = Packer.unpack(packed)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("what was packed can be unpacked", e);
        }
    }

    BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(Packer.unpack(packed), StandardCharsets.UTF_8));
    }
}
