package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.JobMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts who has answered the rows of a job, and looks at the audits among them. Not thread-safe. */
final class Census {
    private final Draw draw;
    private final double drawn;
    private final Set<Long> taught;
    private final Labels labels;
    private final Classifier classifier;
    private final CascadeState.Verdict verdict;

    private long local;
    private long asked;
    private long audits;
    private final List<Sample.Judged> judged = new ArrayList<>();
    private final Set<Double> places = new HashSet<>();
    private boolean repeats;

    /** @param taught rows that the classifier has learned from, beside those that were drawn */
    Census(
            Draw draw,
            double drawn,
            Set<Long> taught,
            Labels labels,
            Classifier classifier,
            CascadeState.Verdict verdict) {
        this.draw = draw;
        this.drawn = drawn;
        this.taught = taught;
        this.labels = labels;
        this.classifier = classifier;
        this.verdict = verdict;
    }

    Census of(JobMemory memory) {
        memory.forEachOutcome(row -> true, this::count);
        return this;
    }

    /** Rows that were answered without asking. */
    long local() {
        return local;
    }

    /** Rows that somebody else has answered. */
    long asked() {
        return asked;
    }

    long answered() {
        return local + asked;
    }

    /**
     * All rows that were audited; of those that are not answered without asking, only the number. Where little is answered here, most
     * of the file is audited, and what is held must not grow with it.
     */
    Sample audits() {
        return new Sample(audits, judged);
    }

    /** Whether several of the audited rows have the same text: such rows were drawn together, not one by one. */
    boolean repeats() {
        return repeats;
    }

    private void count(Item item, Outcome outcome) {
        if (outcome instanceof Outcome.Categorized c && c.source().equals(Lesson.LOCAL)) {
            local++;
        } else if (!(outcome instanceof Outcome.Failed)) {
            asked++;
            double place = draw.auditPlace(item.text());
            Lesson.of(item, outcome, labels)
                    .filter(lesson -> !draw.isWithin(item.row(), 0, drawn))
                    .filter(lesson -> place < verdict.audits())
                    .ifPresent(lesson -> audit(lesson, place));
        }
    }

    /** The classifier has nothing to say about what it was taught; such a row was asked about anyway. */
    private void audit(Lesson lesson, double place) {
        audits++;
        if (!verdict.answersNothing() && !taught.contains(lesson.row())) {
            Guess guess = classifier.guess(lesson.text());
            if (labels.isCategory(guess.label()) && guess.confidence() >= verdict.threshold()) {
                repeats |= !places.add(place);
                judged.add(new Sample.Judged(guess.confidence(), guess.label().equals(lesson.label())));
            }
        }
    }
}
