package dev.pigeonhole.local;

import dev.pigeonhole.core.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The rows to learn from. Immutable.
 *
 * @param texts cut to the length that is looked at
 * @param categories for each text the number of its category in the taxonomy
 * @param given how many rows there were, before blank ones were passed over and a random part was drawn
 */
record TrainingRows(List<String> texts, List<Integer> categories, long given) {
    int size() {
        return texts.size();
    }

    /** How many rows each category has. */
    int[] perCategory(int count) {
        int[] rows = new int[count];
        categories.forEach(category -> rows[category]++);
        return rows;
    }

    /** SHA-256 of texts and categories. */
    String fingerprint(List<String> names) {
        MessageDigest digest = Digest.start();
        for (int i = 0; i < size(); i++) {
            digest.update((names.get(categories.get(i)) + "\0" + texts.get(i) + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.hex(digest);
    }
}
