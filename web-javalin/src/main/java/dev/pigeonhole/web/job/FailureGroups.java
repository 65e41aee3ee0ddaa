package dev.pigeonhole.web.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The failed rows of a job by cause, each with what a person can do about it. Stateless. */
final class FailureGroups {
    private FailureGroups() {}

    static Map<String, Object> of(JobRows rows) {
        Facets facets = rows.facets(RowFilter.ALL);
        List<Map<String, Object>> groups = new ArrayList<>();
        long retryable = 0;
        for (Map.Entry<FailureCause, Long> cause : facets.byCause().entrySet()) {
            groups.add(group(cause.getKey(), cause.getValue(), rows));
            retryable += cause.getKey().canAskAgain() ? cause.getValue() : 0;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", facets.counts().failed());
        map.put("retryable", retryable);
        map.put("groups", groups);
        return map;
    }

    private static Map<String, Object> group(FailureCause cause, long count, JobRows rows) {
        List<SeenRow> first =
                rows.page(RowFilter.ALL.withCause(cause), RowOrder.ROW, 0, 1).rows();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cause", cause.name());
        map.put("title", title(cause));
        map.put("rows", count);
        map.put("canRetry", cause.canAskAgain());
        map.put("fix", fix(cause));
        map.put("first", first.isEmpty() ? 1 : first.get(0).row().row());
        map.put("message", first.isEmpty() ? "" : message(first.get(0)));
        return map;
    }

    private static String message(SeenRow row) {
        return row.row().outcome() instanceof Outcome.Failed failed ? failed.message() : "";
    }

    static String title(FailureCause cause) {
        String text = cause.text();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static String fix(FailureCause cause) {
        return switch (cause) {
            case CSV_SHAPE ->
                "These rows have more or fewer columns than the header, so it is not certain which text belongs to which"
                        + " column. Put them right in the file, or run it again and choose that short rows are filled up.";
            case TIMEOUT ->
                "The provider took too long. Try these rows again; if it happens often, use fewer rows a request or fewer"
                        + " requests at once.";
            case RATE_LIMIT ->
                "The provider had no room for these requests, try after try. Try these rows again a little later; fewer"
                        + " requests at once also help.";
            case HTTP_4XX ->
                "The provider refused these requests; the message says why. Often it is the model's name or a setting. Put"
                        + " that right, then try these rows again.";
            case HTTP_5XX -> "The provider had trouble of its own. Try these rows again a little later.";
            case UNREACHABLE ->
                "The provider could not be reached. Look at the network and at the base URL, then try these rows again.";
            case BAD_ANSWER ->
                "The answer was not in the form that was asked for. Try these rows again; if it stays so, use fewer rows a"
                        + " request or another model.";
            case WRONG_IDS ->
                "The answer left these rows out. Try them again; if it stays so, use fewer rows a request.";
            case UNKNOWN_CATEGORY ->
                "The answer was none of your categories. Try these rows again, or choose a category for them by hand; a"
                        + " clearer description of the categories helps next time.";
            case CONTENT_FILTER ->
                "The provider's content filter does not take these texts. Trying again seldom helps: choose a category by"
                        + " hand, or use another model.";
            case TOO_LONG ->
                "These texts are too long for the model. Choose a category by hand, or use a model that takes longer texts.";
            case NOT_STORED ->
                "The output was made anew from stored answers, and for these rows there was none. Try them again.";
            case CATEGORIZER_ERROR ->
                "The categorizer stumbled over these rows, which is a fault in it. Try them once more; if it stays so, please"
                        + " report it with the message.";
        };
    }
}
