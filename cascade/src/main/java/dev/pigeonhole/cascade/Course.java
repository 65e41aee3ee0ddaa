package dev.pigeonhole.cascade;

import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.Pass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of a cascade through a job, step by step. What a step decides is kept before it takes effect; all else follows from the stored
 * answers, so that a job that is taken up again goes the same way. For the thread that runs the job.
 */
final class Course {
    private final JobMemory memory;
    private final Labels labels;
    private final Teacher teacher;
    private final Draw draw;
    private final Plan plan;
    private final CascadeSettings settings;
    private final StateFile file;
    private final Consumer<String> notices;

    private CascadeState state;
    private final List<Lesson> lessons = new ArrayList<>();
    private final Set<Long> taught = new HashSet<>();
    private Judges judges = new Judges(List.of());
    private Sample sample = new Sample(0, List.of());
    private Supplier<Optional<Pass>> then = this::begin;

    Course(
            JobMemory memory,
            Labels labels,
            Teacher teacher,
            Draw draw,
            Plan plan,
            CascadeSettings settings,
            StateFile file,
            Consumer<String> notices) {
        this.memory = memory;
        this.labels = labels;
        this.teacher = teacher;
        this.draw = draw;
        this.plan = plan;
        this.settings = settings;
        this.file = file;
        this.notices = notices;
        this.state = CascadeState.begin(identity());
    }

    /** The next pass; empty if none is left. */
    Optional<Pass> next() {
        return then.get();
    }

    /** How it ended, if it has. */
    Optional<Agreement> agreement() {
        return state.agreement();
    }

    private String identity() {
        return "job " + memory.jobId() + ", target " + settings.target() + ", seed " + settings.seed() + ", rows "
                + memory.rows();
    }

    private Optional<Pass> begin() {
        Optional<CascadeState> kept = file.load(identity());
        if (kept.isPresent()) {
            state = kept.get();
            LookPass look = new LookPass();
            return pass(look, () -> goOn(look));
        }
        if (plan.isHopeless()) {
            notices.accept("cascade: the file has too few rows (" + memory.rows() + ") to learn from some and save"
                    + " others; all are asked about");
            return pass(Pass.rest(), Optional::empty);
        }
        file.save(state);
        return draw();
    }

    /** An end that was reached before is not looked for again if nothing has changed. */
    private Optional<Pass> goOn(LookPass look) {
        if (!look.hasSeenAny() && state.agreement().isPresent()) {
            return pass(Pass.rest(), Optional::empty);
        }
        if (state.agreement().isPresent()) {
            keep(state.withoutAgreement()); // It says nothing of the rows that are asked about again.
        }
        return draw();
    }

    private Optional<Pass> draw() {
        if (state.drawn()) {
            return drawn();
        }
        notices.accept("cascade: first about " + Math.round(plan.drawn() * memory.rows())
                + " rows drawn at random over the file are asked about");
        return pass(new DrawPass(draw, memory.rows(), plan.drawn()), () -> {
            keep(state.withDraw());
            return drawn();
        });
    }

    private Optional<Pass> drawn() {
        List<Lesson> judging = new ArrayList<>();
        memory.forEachOutcome(row -> draw.isWithin(row, 0, plan.drawn()), (item, outcome) -> {
            boolean teaches = draw.isWithin(item.row(), 0, plan.teachers());
            Lesson.of(item, outcome, labels).ifPresent((teaches ? lessons : judging)::add);
        });
        judges = new Judges(judging);
        return judging.isEmpty() ? giveUp() : round(0);
    }

    /** What was decided in an earlier run is done again without a pass: only the classifiers have to learn it all once more. */
    private Optional<Pass> round(int number) {
        if (number < state.rounds().size()) {
            Classifier classifier = teacher.teach(lessons);
            double below = state.rounds().get(number);
            take(classifier, below);
            return learn(number, classifier, below);
        }
        return look(number);
    }

    /** Decides, if another round would not bring enough. */
    private Optional<Pass> look(int number) {
        Classifier classifier = teacher.teachFolds(lessons, judges.lessons());
        sample = judges.judge(classifier, labels);
        if (state.verdict().isEmpty()) {
            CascadeState.Verdict verdict = measure().verdict(sample);
            if (number < plan.rounds() && judges.shareLeft(sample, verdict.threshold()) >= plan.step()) {
                Classifier taughtByAll = teacher.teach(lessons);
                double below = judges.below(taughtByAll, plan.step());
                if (below > 0) { // Otherwise this round and all others would bring nothing.
                    return ask(number, taughtByAll, below);
                }
            }
            keep(state.with(verdict));
            tell(verdict);
        }
        return last(classifier);
    }

    private Optional<Pass> ask(int number, Classifier classifier, double below) {
        take(classifier, below);
        Pass pass = new RoundPass(draw, memory.rows(), plan.from(number), plan.to(number), classifier, below);
        return pass(pass, () -> {
            keep(state.withRound(below));
            return learn(number, classifier, below);
        });
    }

    /** A round that looks at a part of the file only leaves the judges of the rest as they are. */
    private void take(Classifier classifier, double below) {
        if (plan.looksAtAll()) {
            judges.take(classifier, below);
        }
    }

    /** Takes what the round has asked about; not rows that were asked about later. */
    private Optional<Pass> learn(int number, Classifier classifier, double below) {
        memory.forEachOutcome(
                row -> draw.isWithin(row, plan.from(number), plan.to(number)) && !taught.contains(row),
                (item, outcome) -> Lesson.of(item, outcome, labels)
                        .filter(lesson -> !judges.haveText(lesson.text()))
                        .filter(lesson -> classifier.guess(lesson.text()).confidence() < below)
                        .ifPresent(this::take));
        return round(number + 1);
    }

    /** Nobody has answered; so nothing can be learned. */
    private Optional<Pass> giveUp() {
        return pass(Pass.rest(), Optional::empty);
    }

    private void take(Lesson lesson) {
        lessons.add(lesson);
        taught.add(lesson.row());
    }

    private Optional<Pass> last(Classifier classifier) {
        CascadeState.Verdict verdict = state.verdict().orElseThrow();
        if (verdict.revision() > 0) {
            memory.reopen(Lesson.LOCAL, verdict.threshold()); // Again, if it was not done when it was decided.
        }
        return pass(new LastPass(draw, plan.drawn(), classifier, verdict, labels), () -> check(classifier, verdict));
    }

    private Optional<Pass> check(Classifier classifier, CascadeState.Verdict verdict) {
        Census census = new Census(draw, plan.drawn(), taught, labels, classifier, verdict).of(memory);
        Measure measure = measure();
        if (!verdict.answersNothing() && measure.isBroken(verdict, census)) {
            CascadeState.Verdict corrected = measure.corrected(verdict, census);
            keep(state.with(corrected));
            notices.accept("cascade: audits show that too many of the rows answered on this machine would be answered"
                    + " otherwise by the model; "
                    + (corrected.answersNothing() ? "all" : "the less sure ones") + " of them are asked about now");
            return last(classifier);
        }
        keep(state.with(measure.agreement(verdict, census, sample)));
        return pass(Optional.empty(), Optional::empty);
    }

    private Measure measure() {
        long drawn = rowsBefore(plan.drawn());
        long teachers = rowsBefore(plan.teachers());
        long answered = sample.rows();
        double answerable = drawn == teachers ? 0 : (double) answered / (drawn - teachers);
        return new Measure(settings, plan.looks(), memory.rows(), drawn, teachers, answerable);
    }

    private long rowsBefore(double place) {
        long count = 0;
        for (long row = draw.next(1, memory.rows(), 0, place);
                row <= memory.rows();
                row = draw.next(row + 1, memory.rows(), 0, place)) {
            count++;
        }
        return count;
    }

    private void tell(CascadeState.Verdict verdict) {
        String target = String.format(Locale.ROOT, "%.1f", 100 * settings.target());
        if (verdict.answersNothing()) {
            notices.accept("cascade: the answers cannot be learned well enough for an agreement of " + target
                    + " %, so all rows are asked about");
            return;
        }
        double share = (double) sample.from(verdict.threshold()).of() / sample.rows() * (1 - plan.drawn());
        notices.accept("cascade: about " + Math.round(100 * share * (1 - verdict.audits()))
                + " % of the rows are answered on this machine, by a classifier that has learned from "
                + (lessons.size() + judges.lessons().size()) + " answers; the others are asked about");
    }

    private void keep(CascadeState next) {
        file.save(next);
        state = next;
    }

    private Optional<Pass> pass(Pass pass, Supplier<Optional<Pass>> next) {
        return pass(Optional.of(pass), next);
    }

    private Optional<Pass> pass(Optional<Pass> pass, Supplier<Optional<Pass>> next) {
        then = next;
        return pass;
    }
}
