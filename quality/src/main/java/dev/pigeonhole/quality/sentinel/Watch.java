package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.quality.Interval;
import dev.pigeonhole.quality.Proportion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Keeps count of how known texts are answered in one run, and says when it has become so bad that the job must not go on unseen.
 * Thread-safe.
 *
 * <p>It looks after every {@value #LOOK_EVERY} answers, and asks two questions, each with an exact binomial tail (Clopper and Pearson,
 * 1934): how likely are so few right answers if the true share is the floor; and how likely are they among the latest
 * {@value #LATEST}, if the true share is only the lower bound of Wilson's interval (1927) for those before. The k-th look may take
 * 0.01 / (k (k + 1)) for too unlikely, and never more than 0.001: over all looks of a run, however long it is, that adds up to less than
 * one false alarm in a hundred runs (Bonferroni's bound, which does not need the looks to be independent).
 */
final class Watch {
    static final int LATEST = 40;
    static final int LOOK_EVERY = 10;

    private static final double MOST_CHANCE = 0.001;
    private static final double ALL_CHANCES = 0.01;
    /** Before that, known texts are taken to be answered rightly as a rule. */
    private static final int FEW = 20;

    private static final double USUALLY = 0.7;

    private final OptionalDouble floor;
    private final Deque<Boolean> latest = new ArrayDeque<>();
    private final List<String> warnings = new ArrayList<>();
    private long judged;
    private long right;
    private long rightOfLatest;
    private long discarded;
    private long looks;
    private String alarm = "";

    Watch(OptionalDouble floor) {
        this.floor = floor;
    }

    /** Counts answers as they come in; the order among answers of one moment does not matter. */
    synchronized void asked(KnownTexts.Marks marks) {
        for (int i = 0; i < marks.judged(); i++) {
            add(i < marks.right());
            if (judged % LOOK_EVERY == 0 && alarm.isEmpty()) {
                look();
            }
        }
    }

    /** Counts answers of earlier calls, of which nobody knows here in what order they came. */
    synchronized void read(KnownTexts.Marks marks) {
        judged += marks.judged();
        right += marks.right();
        discarded += marks.allWrong() ? 1 : 0;
    }

    private void add(boolean isRight) {
        judged++;
        right += isRight ? 1 : 0;
        latest.add(isRight);
        rightOfLatest += isRight ? 1 : 0;
        if (latest.size() > LATEST) {
            rightOfLatest -= latest.remove() ? 1 : 0;
        }
    }

    private void look() {
        looks++;
        double chance = Math.min(MOST_CHANCE, ALL_CHANCES / ((double) looks * (looks + 1)));
        alarm = belowFloor(chance).or(() -> worseThanBefore(chance)).orElse("");
        if (!alarm.isEmpty()) {
            warnings.add(alarm);
        }
    }

    private Optional<String> belowFloor(double chance) {
        Proportion all = new Proportion(right, judged);
        if (floor.isEmpty() || all.chanceOfSoFew(floor.getAsDouble()) >= chance) {
            return Optional.empty();
        }
        return Optional.of("too few of the known rows that ride along are answered rightly: " + told(all)
                + ", and at least " + percent(floor.getAsDouble()) + " were asked for");
    }

    private Optional<String> worseThanBefore(double chance) {
        Proportion now = new Proportion(rightOfLatest, latest.size());
        Proportion before = new Proportion(right - rightOfLatest, judged - latest.size());
        if (before.of() < LATEST) {
            return Optional.empty();
        }
        double usual = before.wilson().map(Interval::low).orElse(0.0);
        return now.chanceOfSoFew(usual) >= chance
                ? Optional.empty()
                : Optional.of(
                        "the answers have become worse, beyond what chance explains: of the latest known rows that"
                                + " ride along, "
                                + told(now) + " are answered rightly, of those before, " + told(before));
    }

    /** One more reply that was not used. */
    synchronized void discarded(int rows) {
        discarded++;
        if (discarded == 1) {
            warnings.add("a reply was not used, because it is wrong about all known rows in it; its " + rows
                    + " rows are asked about again. More such replies are only counted");
        }
    }

    /** Whether known texts are usually answered rightly; if not, a reply that is wrong about two of them means nothing. */
    synchronized boolean isUsuallyRight() {
        return judged < FEW || right >= USUALLY * judged;
    }

    /**
     * Stops who wants to send something when the answers are too bad.
     *
     * @throws JobPausedException they are
     */
    synchronized void requireGoodEnough() {
        if (!alarm.isEmpty()) {
            throw new JobPausedException(
                    PauseReason.DRIFT,
                    alarm
                            + "; look at the answers and at the model, then resume: what is done is kept, and counting"
                            + " begins anew",
                    null);
        }
    }

    synchronized List<String> warnings() {
        List<String> news = List.copyOf(warnings);
        warnings.clear();
        return news;
    }

    synchronized Sentinels figures() {
        Interval bounds = new Proportion(right, judged).wilson().orElseGet(() -> new Interval(0, 1));
        return new Sentinels(judged, right, bounds.low(), bounds.high(), discarded);
    }

    private static String told(Proportion share) {
        return share.count() + " of " + share.of() + " ("
                + percent(share.value().orElse(0)) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("\\.0$", "") + "%";
    }
}
