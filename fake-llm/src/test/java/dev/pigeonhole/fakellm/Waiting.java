package dev.pigeonhole.fakellm;

import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do; the test's own timeout ends it. */
final class Waiting {
    private Waiting() {}

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
