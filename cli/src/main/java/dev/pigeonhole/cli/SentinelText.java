package dev.pigeonhole.cli;

import dev.pigeonhole.core.categorize.Sentinels;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How known rows that ride along were answered, in words and in figures. Stateless. */
final class SentinelText {
    private SentinelText() {}

    /** {@code known rows 95% right}; empty if none was judged yet. */
    static String brief(Sentinels sentinels) {
        return sentinels.judged() == 0 ? "" : "known rows " + Math.round(100 * sentinels.share()) + "% right";
    }

    /** {@code 38 of 40 known rows answered rightly (95%; 83.5% to 98.6% for all rows)}. */
    static String line(Sentinels sentinels) {
        String unused = sentinels.discarded() == 0
                ? ""
                : "; " + Plain.count(sentinels.discarded(), "reply was", "replies were")
                        + " not used and asked for again";
        if (sentinels.judged() == 0) {
            return "no known row was answered in this run" + unused;
        }
        return Plain.number(sentinels.right()) + " of " + Plain.count(sentinels.judged(), "known row", "known rows")
                + " answered rightly in this run ("
                + percent(sentinels.share()) + "; surely " + percent(sentinels.low()) + " to "
                + percent(sentinels.high()) + ")" + unused;
    }

    static Map<String, @Nullable Object> json(Sentinels sentinels) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("judged", sentinels.judged());
        map.put("right", sentinels.right());
        map.put("share", sentinels.judged() == 0 ? null : round(sentinels.share()));
        map.put("low", round(sentinels.low()));
        map.put("high", round(sentinels.high()));
        map.put("discarded", sentinels.discarded());
        return map;
    }

    private static double round(double share) {
        return Math.round(share * 1e6) / 1e6;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
