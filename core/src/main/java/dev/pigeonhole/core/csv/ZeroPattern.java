package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Recognises UTF-16 and UTF-32 by where their zero bytes are. Stateless. */
final class ZeroPattern {
    private static final int LANES = 4;

    private ZeroPattern() {}

    /** The likely encoding; null if it is none of these. */
    static @Nullable Charset charset(byte[] bytes) {
        double[] share = shares(bytes);
        if (Math.min(share[1], Math.min(share[2], share[3])) > 0.9 && share[0] < 0.1) {
            return Charset.forName("UTF-32LE");
        }
        if (Math.min(share[0], Math.min(share[1], share[2])) > 0.9 && share[3] < 0.1) {
            return Charset.forName("UTF-32BE");
        }
        double even = (share[0] + share[2]) / 2;
        double odd = (share[1] + share[3]) / 2;
        if (odd > 0.25 && even < odd / 10) {
            return StandardCharsets.UTF_16LE;
        }
        return even > 0.25 && odd < even / 10 ? StandardCharsets.UTF_16BE : null;
    }

    /** The share of zero bytes among those whose position leaves the remainder 0, 1, 2, 3 when divided by four. */
    private static double[] shares(byte[] bytes) {
        double[] zeros = new double[LANES];
        for (int i = 0; i < bytes.length; i++) {
            zeros[i % LANES] += bytes[i] == 0 ? 1 : 0;
        }
        for (int lane = 0; lane < LANES; lane++) {
            zeros[lane] /= Math.max(1, (bytes.length + LANES - 1 - lane) / LANES);
        }
        return zeros;
    }
}
