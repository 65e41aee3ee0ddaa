package dev.pigeonhole.fakellm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The lines of a file that a batch makes: in another order than they came. Not thread-safe. */
final class BatchLines {
    private static final int WAITING = 1_000;

    private final Packer content = new Packer();
    private final Receipt receipt;
    private final SplittableRandom random;
    private final List<String> waiting = new ArrayList<>();

    BatchLines(Receipt receipt, SplittableRandom random) {
        this.receipt = receipt;
        this.random = random;
    }

    void add(String line) {
        waiting.add(line);
        if (waiting.size() > WAITING) {
            release();
        }
    }

    Receipt receipt() {
        return receipt;
    }

    private void release() {
        int one = random.nextInt(waiting.size());
        String last = waiting.remove(waiting.size() - 1);
        content.line(one == waiting.size() ? last : waiting.set(one, last));
    }

    boolean isEmpty() {
        return waiting.isEmpty() && content.lines() == 0;
    }

    /** All lines. Nothing can be added from here on. */
    Packer end() {
        while (!waiting.isEmpty()) {
            release();
        }
        return content;
    }
}
