package dev.pigeonhole.llm;

import dev.pigeonhole.core.FailureCause;

/** Why a record has no label after a call. */
enum Trouble {
    MISSING(FailureCause.WRONG_IDS, "the model left the row out of its answers"),
    CONFLICT(FailureCause.WRONG_IDS, "the model named different categories for the row in one answer"),
    SHIFTED(FailureCause.WRONG_IDS, "the model answered about other records than it was asked about"),
    UNKNOWN(FailureCause.UNKNOWN_CATEGORY, "the model did not name one of the categories"),
    UNREADABLE(FailureCause.BAD_ANSWER, "the model's answers could not be read"),
    CUT_OFF(
            FailureCause.BAD_ANSWER,
            "the model's answers were longer than allowed; give it more with reasoning-tokens"),
    FILTERED(FailureCause.CONTENT_FILTER, "the provider's content filter refused the text"),
    REFUSED(FailureCause.CONTENT_FILTER, "the model refused to answer about the text"),
    TOO_LONG(FailureCause.TOO_LONG, "the request is longer than the model can read, even with this row alone"),
    BAD_REQUEST(FailureCause.HTTP_4XX, "the provider refused the request");

    private final FailureCause cause;
    private final String message;

    Trouble(FailureCause cause, String message) {
        this.cause = cause;
        this.message = message;
    }

    FailureCause cause() {
        return cause;
    }

    /** One line for a person. */
    String message() {
        return message;
    }
}
