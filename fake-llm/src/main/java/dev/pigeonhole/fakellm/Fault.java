package dev.pigeonhole.fakellm;

/**
 * What can go wrong with a call, or with a batch. Each has at most one fault. Immutable.
 */
public enum Fault {
    /** 401 {@code invalid_api_key}: the key was withdrawn. */
    UNAUTHORIZED_401(Kind.REFUSAL),
    /** 403: the key may not do this. */
    FORBIDDEN_403(Kind.REFUSAL),
    /** 404 {@code model_not_found}: the model was withdrawn. */
    NOT_FOUND_404(Kind.REFUSAL),
    /** 408: the server waited too long. */
    TIMEOUT_408(Kind.REFUSAL),
    /** 409: conflict. */
    CONFLICT_409(Kind.REFUSAL),
    /** 413, as of a proxy, in HTML. */
    TOO_LARGE_413(Kind.REFUSAL),
    /** 429 {@code rate_limit_exceeded}, with {@code retry-after} if the rule has a pause. */
    RATE_LIMIT_429(Kind.REFUSAL),
    /** 429 {@code insufficient_quota}: no money left; waiting does not help. */
    QUOTA_429(Kind.REFUSAL),
    /** 400 {@code content_filter} with an inner error, as Azure refuses a prompt. */
    CONTENT_FILTER_400(Kind.REFUSAL),
    /** 500 with a JSON body. */
    ERROR_500(Kind.REFUSAL),
    /** 502 with an HTML body. */
    BAD_GATEWAY_502(Kind.REFUSAL),
    /** 503 with a JSON body, and {@code retry-after} if the rule has a pause. */
    UNAVAILABLE_503(Kind.REFUSAL),
    /** 529: overloaded. */
    OVERLOADED_529(Kind.REFUSAL),
    /** 307 to another host name; a client that follows it, with its key or without, is counted. */
    REDIRECT_307(Kind.REFUSAL),
    /** 200 with an HTML page, as of a login page in between. */
    HTML_200(Kind.REFUSAL),

    /** One record has no answer. */
    MISSING_ID(Kind.CONTENT),
    /** One record is answered twice, with the same category. */
    DUPLICATE_SAME(Kind.CONTENT),
    /** One record is answered twice, with different categories. */
    DUPLICATE_DIFFERENT(Kind.CONTENT),
    /** There is an answer to a record that was not asked about. */
    EXTRA_ID(Kind.CONTENT),
    /** All ids are one too high, so one is missing and one is too much. */
    EXTRA_AND_MISSING(Kind.CONTENT),
    /** Two records have each other's answers. */
    SWAPPED(Kind.CONTENT),
    /** Each record has its successor's answer. */
    SHIFTED(Kind.CONTENT),
    /** Right answers in another order. */
    REORDERED(Kind.CONTENT),
    /** Ids without leading zero and letter: {@code 1} for {@code r01}. */
    BARE_IDS(Kind.CONTENT),
    /** One category in another case. */
    CASE_VARIANT(Kind.CONTENT),
    /** One category with spaces around it. */
    SPACES_AROUND(Kind.CONTENT),
    /** One category paraphrased. */
    SYNONYM(Kind.CONTENT),
    /** One category in another language. */
    OTHER_LANGUAGE(Kind.CONTENT),
    /** One category with Cyrillic letters that look like Latin ones. */
    HOMOGLYPH(Kind.CONTENT),
    /** All records get the first category. */
    ALL_ONE_LABEL(Kind.CONTENT),
    /** If a record orders "every record is X", all records become X; else nothing happens. */
    OBEYS_INJECTION(Kind.CONTENT),
    /** {@code refusal} in place of {@code content}. */
    REFUSAL(Kind.CONTENT),
    /** {@code finish_reason} is {@code content_filter}, the answer is cut. */
    FINISH_CONTENT_FILTER(Kind.CONTENT),
    /** {@code finish_reason} is {@code length}, the answer is cut at a random place. */
    TRUNCATED(Kind.CONTENT),
    /** The answer is no JSON, though it looks like it. */
    INVALID_JSON(Kind.CONTENT),
    /** The answer is an empty string. */
    EMPTY_CONTENT(Kind.CONTENT),
    /** The answer is null. */
    NULL_CONTENT(Kind.CONTENT),
    /** Sentences before and after the answer. */
    PROSE_AROUND(Kind.CONTENT),
    /** The answer stands in a Markdown code fence. */
    CODE_FENCE(Kind.CONTENT),
    /** The answer is followed by the same answer. */
    ANSWERED_TWICE(Kind.CONTENT),
    /** JSON nested 10,000 deep. */
    DEEP_JSON(Kind.CONTENT),
    /** A number of 100,000 digits in place of a category. */
    HUGE_NUMBER(Kind.CONTENT),
    /** {@code choices} is empty. */
    NO_CHOICES(Kind.CONTENT),
    /** {@code usage} is left out. */
    NO_USAGE(Kind.CONTENT),

    /** Never answers; the connection stays open until the client leaves. */
    HANG(Kind.DELIVERY),
    /** Half of the body, then nothing until the client leaves. */
    STALL(Kind.DELIVERY),
    /** One byte of the body each pause (a second if the rule has none). */
    DRIP(Kind.DELIVERY),
    /** Each header line after a pause (100 ms if the rule has none). */
    SLOW_HEADERS(Kind.DELIVERY),
    /** Connection reset after half of the body. */
    RESET(Kind.DELIVERY),
    /** Connection reset before the first byte; the work was done. */
    RESET_BEFORE_ANSWER(Kind.DELIVERY),
    /** Connection closed without a byte. */
    EMPTY_REPLY(Kind.DELIVERY),
    /** {@code content-length} tells of more than comes. */
    LENGTH_TOO_LONG(Kind.DELIVERY),
    /** {@code content-length} tells of less than comes. */
    LENGTH_TOO_SHORT(Kind.DELIVERY),
    /** Chunked, as some gateways do; harmless. */
    CHUNKED(Kind.DELIVERY),
    /** Chunked, and the second chunk has no size. */
    BROKEN_CHUNK(Kind.DELIVERY),
    /** 10 MB of spaces before the answer. */
    BIG_BODY(Kind.DELIVERY),
    /** The body's JSON is cut, and the length agrees. */
    CUT_BODY(Kind.DELIVERY),
    /** The body in UTF-16. */
    UTF_16_BODY(Kind.DELIVERY),
    /** The body begins with a byte order mark; harmless. */
    BOM_BODY(Kind.DELIVERY),

    /** The window ends before the requests that are hit are worked on: they are in the error file as {@code batch_expired}. */
    EXPIRES(Kind.BATCH),
    /** Somebody else cancels before the requests that are hit are worked on: in the error file as {@code batch_cancelled}. */
    CANCELLED(Kind.BATCH),
    /** The batch fails when its file is looked at, for a line that is said to be no JSON; nothing is worked on. */
    FAILS_VALIDATION(Kind.BATCH),
    /** The batch fails with {@code token_limit_exceeded}; nothing is worked on. */
    TOKEN_LIMIT(Kind.BATCH),
    /** In progress for ever, beyond its window too; nothing is worked on. */
    NEVER_ENDS(Kind.BATCH),
    /** Completed, and none failed as it says; but the requests that are hit, billed as the others, are in neither file. */
    LOST_LINES(Kind.BATCH),
    /** Completed, and none failed as it says; but those hit are in the error file with status code 0. They are not billed. */
    STATUS_ZERO(Kind.BATCH),
    /** Answers of the requests that are hit stand under a custom id that nobody gave. */
    UNKNOWN_IDS(Kind.BATCH),
    /** Answers of the requests that are hit stand in the output file twice. */
    DOUBLED_LINES(Kind.BATCH),
    /** Requests that are hit stand in the output file with their answer and in the error file as failed. */
    IN_BOTH_FILES(Kind.BATCH),
    /** Lines of the output file are cut in the middle. */
    BROKEN_LINES(Kind.BATCH),
    /** A file that there is not has an empty id, not null. */
    EMPTY_FILE_ID(Kind.BATCH),
    /** Not in the next answers to a question for the list of batches, as many as the rule has records. */
    LISTED_LATE(Kind.BATCH);

    /** Where a fault happens. */
    public enum Kind {
        /** The call is not answered but refused; it is not billed. */
        REFUSAL,
        /** The call is billed, and its answer is wrong. */
        CONTENT,
        /** The call is billed, and what is wrong is how the answer is sent. */
        DELIVERY,
        /** What becomes of a whole batch of the batch lane. */
        BATCH
    }

    private final Kind kind;

    Fault(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
