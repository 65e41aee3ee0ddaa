package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Taxonomy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stands for a text and for all that its answer depends on: a SHA-256, so that equal keys mean equal questions. Immutable.
 */
public final class AnswerKey {
    private final byte[] sha256;

    private AnswerKey(byte[] sha256) {
        this.sha256 = sha256;
    }

    /**
     * The key of a text.
     *
     * @param scope digest of all else that the answer depends on; see {@link #scope}
     */
    public static AnswerKey of(byte[] scope, String text) {
        MessageDigest digest = Digest.start();
        digest.update(scope);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return new AnswerKey(digest.digest());
    }

    /**
     * A digest of all that an answer depends on besides the text, for {@link #of}.
     *
     * @param fingerprint of the categorizer
     * @param jobId of the job, if the answers hold only there; empty if they hold in every job
     */
    public static byte[] scope(Taxonomy taxonomy, Map<String, String> fingerprint, String jobId) {
        SortedMap<String, String> all = new TreeMap<>(taxonomy.settings());
        fingerprint.forEach((name, value) -> all.put("categorizer." + name, value));
        all.put("job", jobId);
        return scope(all);
    }

    /** A digest of settings, for {@link #of}; equal settings give equal bytes. */
    public static byte[] scope(SortedMap<String, String> settings) {
        MessageDigest digest = Digest.start();
        settings.forEach((name, value) -> {
            digest.update(Digest.sha256(name).getBytes(StandardCharsets.US_ASCII));
            digest.update(Digest.sha256(value).getBytes(StandardCharsets.US_ASCII));
        });
        return digest.digest();
    }

    /** A key as it was kept: the 32 bytes of {@link #toBytes}. */
    public static AnswerKey ofBytes(byte[] sha256) {
        if (sha256.length != 32) {
            throw new IllegalArgumentException(sha256.length + " bytes");
        }
        return new AnswerKey(sha256.clone());
    }

    public byte[] toBytes() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnswerKey key && Arrays.equals(sha256, key.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
