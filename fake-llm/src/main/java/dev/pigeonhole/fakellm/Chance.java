package dev.pigeonhole.fakellm;

import java.util.Locale;
import java.util.SplittableRandom;

/** Numbers by chance that are the same for the same seed, whatever the order in which they are asked for. */
final class Chance {
    private Chance() {}

    /** A row of random numbers that belongs to this call and this purpose. */
    static SplittableRandom of(long seed, long call, Object purpose) {
        return new SplittableRandom(
                mixed(seed ^ mixed(call ^ mixed(purpose.toString().hashCode()))));
    }

    /** A name that belongs to this call and this purpose: 24 hexadecimal digits. */
    static String name(long seed, long call, String purpose) {
        SplittableRandom random = of(seed, call, purpose);
        return String.format(Locale.ROOT, "%016x%08x", random.nextLong(), random.nextInt());
    }

    /** A number that belongs to a text: 64 well mixed bits. */
    static long of(long seed, String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(seed ^ mixed(hash));
    }

    /** The same as a share, 0 (included) to 1 (excluded). */
    static double share(long seed, String text) {
        return (of(seed, text) >>> 11) * 0x1.0p-53;
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
