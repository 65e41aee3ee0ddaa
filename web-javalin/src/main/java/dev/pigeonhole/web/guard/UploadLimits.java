package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.ConfigurationException;

/**
 * How much may come in. Immutable.
 *
 * @param file most bytes of one upload; at least 1
 * @param quota most bytes of the folder of all uploads
 * @param floor bytes that stay free on the disk
 * @param atOnce uploads at the same time; at least 1
 */
public record UploadLimits(long file, long quota, long floor, int atOnce) {
    private static final long GIGABYTE = 1L << 30;

    public UploadLimits {
        if (file < 1 || quota < 1 || floor < 0 || atOnce < 1) {
            throw new ConfigurationException(
                    "limits of uploads must be positive numbers, were: " + file + " bytes a file, " + quota
                            + " bytes in all, " + floor + " bytes kept free, " + atOnce + " at once");
        }
    }

    /** 2 GB a file, 10 GB in all, 1 GB kept free, 4 at once. */
    public static UploadLimits usual() {
        return new UploadLimits(2 * GIGABYTE, 10 * GIGABYTE, GIGABYTE, 4);
    }
}
