package dev.pigeonhole.fakellm;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that there are. Thread-safe. */
final class FileShelf {
    private final long seed;
    private final LaneClock clock;
    private final Bill bill;
    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    private long made;

    FileShelf(long seed, LaneClock clock, Bill bill) {
        this.seed = seed;
        this.clock = clock;
        this.bill = bill;
    }

    /** Keeps what stands between two places of a request. */
    StoredFile upload(String name, String purpose, byte[] source, int from, int to) {
        Packer content = new Packer();
        content.add(source, from, to);
        return add(name, purpose, content, digest(source, from, to), new Receipt(bill));
    }

    synchronized StoredFile add(String name, String purpose, Packer content, String digest, Receipt receipt) {
        String id = "file-" + Chance.name(seed, ++made, "file");
        StoredFile file = new StoredFile(id, name, purpose, clock.now(), content, digest, receipt);
        files.put(id, file);
        return file;
    }

    synchronized Optional<StoredFile> find(String id) {
        return Optional.ofNullable(files.get(id));
    }

    synchronized boolean delete(String id) {
        return files.remove(id) != null;
    }

    /** Newest first. */
    synchronized List<StoredFile> newest() {
        List<StoredFile> all = new ArrayList<>(files.values());
        Collections.reverse(all);
        return all;
    }

    synchronized void clear() {
        files.clear();
    }

    private static String digest(byte[] source, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.wrap(source, from, to - from));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
