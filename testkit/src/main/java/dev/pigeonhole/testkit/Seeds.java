package dev.pigeonhole.testkit;

import java.util.Random;
import java.util.stream.LongStream;

/** Seeds of random tests: some that stay, and a new one each time. A test shows its seed in its name. */
public final class Seeds {
    private Seeds() {}

    public static LongStream some() {
        return LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.of(new Random().nextLong()));
    }
}
