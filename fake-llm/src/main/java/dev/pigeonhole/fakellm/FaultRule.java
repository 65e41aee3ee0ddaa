package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a fault happens: all conditions must hold, then chance decides. Immutable.
 *
 * @param fault what happens
 * @param probability of a call that meets the conditions, 0 to 1
 * @param firstCall number of the first call that may be hit; the server's first call is 1
 * @param lastCall number of the last one
 * @param from time since the first call from which on it may happen
 * @param until time since the first call at which it ends
 * @param atMost how often it may happen
 * @param marker text that the user message must hold; empty for any. Content faults then hit the records with that text
 * @param records how many records a content fault hits, if there is no marker; how many requests a fault of a batch hits
 * @param pause the {@code retry-after} of a refusal, the rhythm of a slow delivery; null for what is usual
 * @param late whether a refusal comes after the usual latency, not at once; of a call about files or batches: after its work
 * @param where the calls it is about
 * @param part share of a batch's requests that its fault hits, 0 to 1; 0 for so many as {@code records} says
 */
public record FaultRule(
        Fault fault,
        double probability,
        long firstCall,
        long lastCall,
        Duration from,
        Duration until,
        long atMost,
        String marker,
        int records,
        @Nullable Duration pause,
        boolean late,
        Where where,
        double part) {
    /** The calls that a rule is about. Each kind is counted apart. */
    public enum Where {
        /** Chat completions. */
        CHAT,
        /** Requests in a batch, in the order in which they are worked on. */
        LINE,
        /** Batches as a whole; the marker is looked for in the metadata. */
        BATCH,
        /** {@code POST /files}. */
        UPLOAD,
        /** {@code GET /files/ID} and {@code GET /files}. */
        FILE,
        /** {@code GET /files/ID/content}. */
        DOWNLOAD,
        /** {@code DELETE /files/ID}. */
        DELETE,
        /** {@code POST /batches}. */
        CREATE,
        /** {@code GET /batches/ID}. */
        POLL,
        /** {@code GET /batches}. */
        LIST,
        /** {@code POST /batches/ID/cancel}. */
        CANCEL,
        /** Any call about files or batches, counted together. */
        LANE
    }

    private static final Duration FOREVER = Duration.ofDays(10_000);

    /** @throws IllegalArgumentException if a number is out of its bounds */
    public FaultRule {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(marker, "marker");
        Objects.requireNonNull(where, "where");
        if (!suits(fault.kind(), where)) {
            throw new IllegalArgumentException(fault + " cannot happen to " + where);
        }
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a part of " + part);
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability of " + probability);
        }
        if (firstCall < 1 || atMost < 0 || records < 1) {
            throw new IllegalArgumentException(
                    "first call " + firstCall + ", at most " + atMost + ", " + records + " records");
        }
    }

    private static boolean suits(Fault.Kind kind, Where where) {
        return switch (where) {
            case CHAT -> kind != Fault.Kind.BATCH;
            case LINE -> kind == Fault.Kind.REFUSAL || kind == Fault.Kind.CONTENT;
            case BATCH -> kind == Fault.Kind.BATCH;
            default -> kind == Fault.Kind.REFUSAL || kind == Fault.Kind.DELIVERY;
        };
    }

    private static Where usual(Fault fault) {
        return fault.kind() == Fault.Kind.BATCH ? Where.BATCH : Where.CHAT;
    }

    /** Each call. */
    public static FaultRule always(Fault fault) {
        return withProbability(fault, 1);
    }

    /** Any call, with this probability. */
    public static FaultRule withProbability(Fault fault, double probability) {
        return new FaultRule(
                fault,
                probability,
                1,
                Long.MAX_VALUE,
                Duration.ZERO,
                FOREVER,
                Long.MAX_VALUE,
                "",
                1,
                null,
                false,
                usual(fault),
                0);
    }

    /** One call. */
    public static FaultRule onCall(Fault fault, long call) {
        return onCalls(fault, call, call);
    }

    /** The calls from the first to the last, both included. */
    public static FaultRule onCalls(Fault fault, long first, long last) {
        return new FaultRule(
                fault, 1, first, last, Duration.ZERO, FOREVER, Long.MAX_VALUE, "", 1, null, false, usual(fault), 0);
    }

    /** Calls that arrive in a span of time, counted from the first call. */
    public static FaultRule between(Fault fault, Duration from, Duration until) {
        return new FaultRule(
                fault, 1, 1, Long.MAX_VALUE, from, until, Long.MAX_VALUE, "", 1, null, false, usual(fault), 0);
    }

    /** Calls whose user message holds this text: a poisoned record. */
    public static FaultRule whereTextHolds(Fault fault, String marker) {
        return always(fault).withMarker(marker);
    }

    public FaultRule withMarker(String text) {
        return new FaultRule(
                fault, probability, firstCall, lastCall, from, until, atMost, text, records, pause, late, where, part);
    }

    public FaultRule withAtMost(long times) {
        return new FaultRule(
                fault, probability, firstCall, lastCall, from, until, times, marker, records, pause, late, where, part);
    }

    public FaultRule withRecords(int hit) {
        return new FaultRule(
                fault, probability, firstCall, lastCall, from, until, atMost, marker, hit, pause, late, where, part);
    }

    public FaultRule withPause(Duration time) {
        return new FaultRule(
                fault, probability, firstCall, lastCall, from, until, atMost, marker, records, time, late, where, part);
    }

    /** Refuses after the usual latency. */
    public FaultRule afterLatency() {
        return new FaultRule(
                fault,
                probability,
                firstCall,
                lastCall,
                from,
                until,
                atMost,
                marker,
                records,
                pause,
                true,
                where,
                part);
    }

    /** Hits these calls, not those of chat completions. */
    public FaultRule on(Where calls) {
        return new FaultRule(
                fault,
                probability,
                firstCall,
                lastCall,
                from,
                until,
                atMost,
                marker,
                records,
                pause,
                late,
                calls,
                part);
    }

    /** Hits this share of a batch's requests. */
    public FaultRule withPart(double share) {
        return new FaultRule(
                fault,
                probability,
                firstCall,
                lastCall,
                from,
                until,
                atMost,
                marker,
                records,
                pause,
                late,
                where,
                share);
    }

    /**
     * Reads {@code NAME[=PROBABILITY][,SETTING]...} where a setting is {@code calls=3}, {@code calls=3-7}, {@code from=8s},
     * {@code until=13s}, {@code times=5}, {@code marker=TEXT}, {@code records=2}, {@code pause=500ms}, {@code late},
     * {@code on=create} (a name of {@link Where}) or {@code part=0.5}.
     *
     * @throws IllegalArgumentException with a message that names what is wrong
     */
    public static FaultRule parse(String text) {
        String[] parts = text.split(",", -1);
        String[] head = parts[0].split("=", 2);
        FaultRule rule = withProbability(fault(head[0]), head.length == 1 ? 1 : Double.parseDouble(head[1]));
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=", 2);
            rule = rule.with(setting[0].strip(), setting.length == 1 ? "" : setting[1]);
        }
        return rule;
    }

    private static Fault fault(String name) {
        try {
            return Fault.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no fault " + name.strip(), e);
        }
    }

    private FaultRule with(String name, String value) {
        return switch (name) {
            case "calls" -> withCalls(value.split("-", 2));
            case "from" -> withSpan(TimeText.parse(value), until);
            case "until" -> withSpan(from, TimeText.parse(value));
            case "times" -> withAtMost(Long.parseLong(value));
            case "marker" -> withMarker(value);
            case "records" -> withRecords(Integer.parseInt(value));
            case "pause" -> withPause(TimeText.parse(value));
            case "late" -> afterLatency();
            case "on" -> on(Where.valueOf(value.strip().toUpperCase(Locale.ROOT)));
            case "part" -> withPart(Double.parseDouble(value));
            default -> throw new IllegalArgumentException("a fault has no setting " + name);
        };
    }

    private FaultRule withCalls(String[] range) {
        long first = Long.parseLong(range[0]);
        long last = range.length == 1 ? first : Long.parseLong(range[1]);
        return new FaultRule(
                fault, probability, first, last, from, until, atMost, marker, records, pause, late, where, part);
    }

    private FaultRule withSpan(Duration begin, Duration end) {
        return new FaultRule(
                fault, probability, firstCall, lastCall, begin, end, atMost, marker, records, pause, late, where, part);
    }

    /** How many of so many requests are hit. */
    int hits(int requests) {
        return part > 0 ? (int) Math.ceil(part * requests) : Math.min(records, requests);
    }

    boolean suits(long call, Duration sinceFirst, String userText) {
        return call >= firstCall
                && call <= lastCall
                && sinceFirst.compareTo(from) >= 0
                && sinceFirst.compareTo(until) < 0
                && (marker.isEmpty() || userText.contains(marker));
    }
}
