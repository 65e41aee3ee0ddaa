package dev.pigeonhole.cascade;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes classifiers of lessons. Immutable, as thread-safe as what it makes. */
final class Teacher {
    private final RankerProvider provider;
    private final Labels labels;
    private final Draw draw;
    private final int folds;

    Teacher(RankerProvider provider, Labels labels, Draw draw, int folds) {
        this.provider = provider;
        this.labels = labels;
        this.draw = draw;
        this.folds = folds;
    }

    /** A classifier that has learned all of it. May take seconds. */
    Classifier teach(List<Lesson> lessons) {
        Ranker ranker = ranker(lessons.stream());
        return text -> guess(ranker, Lesson.cut(text));
    }

    /**
     * A classifier for each fold of texts, that has learned the first lessons, and those of the second that are in other folds: so
     * none has learned from a judge's answer to the texts that it is asked about.
     */
    Classifier teachFolds(List<Lesson> all, List<Lesson> judges) {
        List<Ranker> rankers = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int without = fold;
            rankers.add(ranker(Stream.concat(
                    all.stream(), judges.stream().filter(judge -> draw.fold(judge.text(), folds) != without))));
        }
        return text -> {
            String known = Lesson.cut(text);
            return guess(rankers.get(draw.fold(known, folds)), known);
        };
    }

    private Ranker ranker(Stream<Lesson> lessons) {
        List<LabelledText> known = lessons.filter(
                        lesson -> labels.canTeachNothing() || labels.isCategory(lesson.label()))
                .map(Lesson::labelled)
                .toList();
        boolean withNothing = known.stream().anyMatch(text -> text.category().equals(labels.nothing()));
        return provider.create(labels.taught(withNothing), known);
    }

    private static Guess guess(Ranker ranker, String text) {
        List<Ranker.Candidate> best = ranker.rank(text, 1);
        return best.isEmpty()
                ? Guess.NONE
                : new Guess(best.get(0).category(), best.get(0).share());
    }
}
