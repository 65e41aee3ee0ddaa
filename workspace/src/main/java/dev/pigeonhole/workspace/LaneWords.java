package dev.pigeonhole.workspace;

import dev.pigeonhole.core.categorize.LaneStatus;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a slow lane stands, for people. Stateless. */
public final class LaneWords {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LaneWords() {}

    /** One line. */
    public static String of(LaneStatus status) {
        if (status.submissions() == 0) {
            return "batch lane: nothing under way";
        }
        return String.format(
                        Locale.ROOT,
                        "batch lane: %,d rows under way, %,d of %,d requests answered",
                        status.rows(),
                        status.answered(),
                        status.questions())
                + status.deadline()
                        .map(time -> "; what is left at " + TIME.format(time) + " is asked one by one")
                        .orElse("");
    }
}
