package dev.pigeonhole.fakellm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers how prompts began. A beginning of at least 1,024 tokens that was seen before is cached, in steps of 128; a token is four
 * characters here. Remembers the last 100,000 beginnings. Thread-safe.
 */
final class PromptCache {
    private static final int LEAST = 1_024;
    private static final int STEP = 128;
    private static final int CHARS_OF_TOKEN = 4;
    private static final int MOST = 100_000;

    private final Map<Long, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** How many tokens of this prompt were cached; from now on all of it is. */
    synchronized int ask(List<Question.Message> prompt) {
        int cached = 0;
        long hash = 1;
        int chars = 0;
        for (Question.Message message : prompt) {
            hash = hash * 31 + message.role().hashCode();
            String text = message.text();
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
                chars++;
                if (chars % (STEP * CHARS_OF_TOKEN) == 0
                        && chars >= LEAST * CHARS_OF_TOKEN
                        && seen.put(hash, Boolean.TRUE) != null) {
                    cached = chars / CHARS_OF_TOKEN;
                }
            }
        }
        return cached;
    }

    synchronized void clear() {
        seen.clear();
    }
}
