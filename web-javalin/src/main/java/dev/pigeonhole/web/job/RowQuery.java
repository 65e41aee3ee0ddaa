package dev.pigeonhole.web.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which rows are asked for, read from the query of a request. Stateless. */
final class RowQuery {
    private static final Map<String, RowOrder> ORDERS = Map.of(
            "row", RowOrder.ROW,
            "-row", RowOrder.ROW_BACKWARDS,
            "category", RowOrder.CATEGORY,
            "confidence", RowOrder.CONFIDENCE,
            "-confidence", RowOrder.CONFIDENCE_BACKWARDS,
            "doubt", RowOrder.DOUBT);
    private static final int MOST_WORD_CHARS = 500;

    private RowQuery() {}

    static RowFilter filter(Context context) {
        String words = text(context, "q").orElse("");
        if (words.length() > MOST_WORD_CHARS) {
            throw wrong("q", "at most " + MOST_WORD_CHARS + " characters");
        }
        return new RowFilter(
                text(context, "category"),
                text(context, "status").map(value -> named(RowStatus.class, "status", value)),
                text(context, "cause").map(value -> named(FailureCause.class, "cause", value)),
                text(context, "reviewed").map(RowQuery::yes),
                words);
    }

    static RowOrder order(Context context) {
        String name = text(context, "sort").orElse("row");
        return Optional.ofNullable(ORDERS.get(name))
                .orElseThrow(() -> wrong("sort", "row, -row, category, confidence, -confidence or doubt"));
    }

    /** A whole number of the query. */
    static long number(Context context, String name, long least, long most, long usual) {
        String text = text(context, name).orElse(Long.toString(usual));
        long value = text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw wrong(name, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    static Optional<String> text(Context context, String name) {
        String value = context.queryParam(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    static ProblemException wrong(String name, String expected) {
        return new ProblemException(
                Problem.of(ProblemType.MALFORMED, "the query's " + name + " cannot be read; expected " + expected));
    }

    private static boolean yes(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong("reviewed", "true or false");
        }
        return value.equals("true");
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name, String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(upper)) {
                return constant;
            }
        }
        throw wrong(name, "one of those that docs/api.md names");
    }
}
