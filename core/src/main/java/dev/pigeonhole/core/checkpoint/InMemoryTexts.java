package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Item;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The words of a job's texts on the heap. Thread-safe. */
final class InMemoryTexts {
    private static final int STEP = 1_000;

    private volatile Map<Long, List<String>> words = Map.of();
    private volatile boolean whole;

    boolean isWhole() {
        return whole;
    }

    synchronized void read(Iterator<Item> texts, LongConsumer progress) {
        if (whole) {
            return;
        }
        Map<Long, List<String>> read = new HashMap<>();
        while (texts.hasNext()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            Item item = texts.next();
            read.put(item.row(), Words.of(item.text()));
            if (read.size() % STEP == 0) {
                progress.accept(item.row());
            }
        }
        words = read;
        whole = true;
    }

    List<String> of(long row) {
        return words.getOrDefault(row, List.of());
    }
}
