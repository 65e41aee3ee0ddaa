package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowStatus;
import java.util.Arrays;
import java.util.List;

/**
 * By what rows are sorted: a number from 0, the smaller the sooner; rows with the same stay in the order of the file. What tells most
 * rows apart stands in its highest bits, so that few looks find a place deep in the order.
 */
interface RowKey {
    /** Comes after all numbers that a confidence can give. */
    long LATE = Long.MAX_VALUE - 2;
    /** One in the highest of the digits that places are found by. */
    long DIGIT = 1L << 48;

    long of(long code, double confidence);

    /** For all orders but the two by row alone. */
    static RowKey of(RowOrder order, List<String> categories) {
        return switch (order) {
            case CATEGORY -> byCategory(categories);
            case CONFIDENCE -> (code, confidence) -> has(code) ? bits(confidence) : LATE;
            case CONFIDENCE_BACKWARDS -> (code, confidence) -> has(code) ? bits(1) - bits(confidence) : LATE;
            case DOUBT -> RowKey::doubt;
            case ROW, ROW_BACKWARDS -> throw new IllegalArgumentException(order.name());
        };
    }

    private static RowKey byCategory(List<String> categories) {
        String[] sorted = categories.toArray(new String[0]);
        Arrays.sort(sorted);
        int[] ranks = new int[sorted.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Arrays.binarySearch(sorted, categories.get(i));
        }
        int free = Long.numberOfLeadingZeros(Math.max(1, ranks.length)) - 1;
        return (code, confidence) ->
                RowCode.isCategorized(code) ? (long) ranks[RowCode.categoryOf(code)] << free : LATE;
    }

    private static long doubt(long code, double confidence) {
        int status = RowCode.status(code);
        if (status == RowCode.status(RowStatus.FAILED)) {
            return 0;
        } else if (status == RowCode.status(RowStatus.UNMATCHED)) {
            return DIGIT;
        } else if (status == RowCode.status(RowStatus.SKIPPED)) {
            return LATE + 1;
        }
        return has(code) ? 2 * DIGIT + bits(confidence) : LATE;
    }

    private static boolean has(long code) {
        return (code & RowCode.HAS_CONFIDENCE) != 0;
    }

    /** In the order of the numbers from 0 to 1; minus zero is zero. */
    private static long bits(double confidence) {
        return Double.doubleToRawLongBits(confidence + 0.0);
    }
}
