package dev.pigeonhole.store.jdbc;

import java.util.HashMap;
import java.util.Map;

/** Adds texts that come again and again, categories and sources, to checksums: each is hashed once. Not thread-safe. */
final class TextSums {
    private final Map<String, Long> hashes = new HashMap<>();

    /** The same as {@link Checksum#add(String)}. */
    void add(String text, Checksum sum) {
        Long known = hashes.get(text);
        if (known == null) {
            known = Checksum.hashOf(text);
            hashes.put(text, known);
        }
        sum.add(text.length()).add(known.longValue());
    }
}
