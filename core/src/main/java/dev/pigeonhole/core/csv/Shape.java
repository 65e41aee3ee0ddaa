package dev.pigeonhole.core.csv;

/** Which rows are set aside because of their number of columns. Immutable. */
record Shape(RaggedPolicy policy, int headerWidth) {
    boolean setsAside(int fields) {
        return switch (policy) {
            case AUTO -> fields > headerWidth;
            case DEAD_LETTER, FAIL -> fields != headerWidth;
            case PAD -> false;
        };
    }

    /** Whether the whole file is refused for such a row. */
    boolean refuses(int fields) {
        return policy == RaggedPolicy.FAIL && fields != headerWidth;
    }
}
