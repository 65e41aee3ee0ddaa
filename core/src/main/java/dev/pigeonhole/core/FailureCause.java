package dev.pigeonhole.core;

/** Why a row has no category although it should have one. The names are part of the formats of {@code errors.csv}. */
public enum FailureCause {
    /** The row has more or fewer columns than the header, and the ragged policy sets such rows aside. */
    CSV_SHAPE("the row does not have the columns of the header", false),
    /** No answer came in time. */
    TIMEOUT("no answer in time", true),
    /** The provider's rate limit was met on every attempt. */
    RATE_LIMIT("rate limit", true),
    /** The provider refused the request. */
    HTTP_4XX("request refused by the provider", true),
    /** The provider failed. */
    HTTP_5XX("provider failed", true),
    /** The provider could not be reached, or the connection broke. */
    UNREACHABLE("provider not reached", true),
    /** The answer could not be read. */
    BAD_ANSWER("answer not readable", true),
    /** The answer leaves this row out, or names it twice. */
    WRONG_IDS("row missing from the answer", true),
    /** The answer names a category that is not in the list. */
    UNKNOWN_CATEGORY("answer is not one of the categories", true),
    /** The provider's content filter refused this text. */
    CONTENT_FILTER("refused by the content filter", true),
    /** The text is too long for the provider. */
    TOO_LONG("text too long", true),
    /** The output is made anew from stored answers, and for this row there is none. */
    NOT_STORED("no stored answer", true),
    /** The categorizer itself failed: a defect in it. */
    CATEGORIZER_ERROR("categorizer failed", true);

    private final String text;
    private final boolean askAgain;

    FailureCause(String text, boolean askAgain) {
        this.text = text;
        this.askAgain = askAgain;
    }

    /** The cause in a few plain words. */
    public String text() {
        return text;
    }

    /** Whether asking the categorizer again can help. */
    public boolean canAskAgain() {
        return askAgain;
    }
}
