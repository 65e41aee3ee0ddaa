package dev.pigeonhole.bench;

import dev.pigeonhole.fakellm.Fault;

/** How many records' answers a fault spoils. Stateless. */
final class Loss {
    private Loss() {}

    /** @param records of the call */
    static double of(Fault fault, int records) {
        return switch (fault) {
            case REORDERED,
                    BARE_IDS,
                    CASE_VARIANT,
                    SPACES_AROUND,
                    EXTRA_ID,
                    DUPLICATE_SAME,
                    PROSE_AROUND,
                    CODE_FENCE,
                    ANSWERED_TWICE,
                    OBEYS_INJECTION,
                    NO_USAGE,
                    CHUNKED,
                    BOM_BODY,
                    SLOW_HEADERS -> 0;
            case MISSING_ID, DUPLICATE_DIFFERENT, SYNONYM, OTHER_LANGUAGE, HOMOGLYPH, HUGE_NUMBER -> 1;
            case TRUNCATED, FINISH_CONTENT_FILTER -> records / 2.0;
            default -> records;
        };
    }
}
