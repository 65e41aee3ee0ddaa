package dev.pigeonhole.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows drawn at random, whose answers tell how right a classifier is. They take part in the rounds like the others, so that they stay
 * like the others; but their answers are taught to no classifier that they judge. Not thread-safe.
 */
final class Judges {
    private final List<Lesson> lessons;
    private final Set<String> texts = new HashSet<>();
    private final BitSet gone = new BitSet();

    Judges(Collection<Lesson> lessons) {
        this.lessons = List.copyOf(lessons);
        this.lessons.forEach(lesson -> texts.add(lesson.text()));
    }

    List<Lesson> lessons() {
        return lessons;
    }

    /** Whether one of them has this text: its answer must not be taught under the name of another row. */
    boolean haveText(String text) {
        return texts.contains(text);
    }

    /**
     * The confidence below which a round asks.
     *
     * @param share of all rows that the round is to ask about
     * @return 0 if it would ask about nothing: none is left, or the least sure ones are all alike
     */
    double below(Classifier classifier, double share) {
        double[] left = new double[lessons.size() - gone.cardinality()];
        int count = 0;
        for (int i = gone.nextClearBit(0); i < lessons.size(); i = gone.nextClearBit(i + 1)) {
            left[count++] = classifier.guess(lessons.get(i).text()).confidence();
        }
        Arrays.sort(left);
        int wanted = (int) Math.round(share * lessons.size());
        return wanted < left.length && left[wanted] > left[0] ? left[wanted] : 0;
    }

    /** Those that a round would ask about are judges of nothing any more: a row like them is asked about. */
    void take(Classifier classifier, double below) {
        for (int i = gone.nextClearBit(0); i < lessons.size(); i = gone.nextClearBit(i + 1)) {
            if (classifier.guess(lessons.get(i).text()).confidence() < below) {
                gone.set(i);
            }
        }
    }

    /** The share of all rows that is neither answered from this confidence on, nor was asked about in a round. */
    double shareLeft(Sample sample, double threshold) {
        long left = lessons.size() - gone.cardinality() - sample.from(threshold).of();
        return lessons.isEmpty() ? 0 : (double) left / lessons.size();
    }

    /** What they say of a classifier. */
    Sample judge(Classifier classifier, Labels labels) {
        List<Sample.Judged> judged = new ArrayList<>();
        for (int i = gone.nextClearBit(0); i < lessons.size(); i = gone.nextClearBit(i + 1)) {
            Lesson lesson = lessons.get(i);
            Guess guess = classifier.guess(lesson.text());
            if (labels.isCategory(guess.label())) {
                judged.add(new Sample.Judged(guess.confidence(), guess.label().equals(lesson.label())));
            }
        }
        return new Sample(lessons.size(), judged);
    }
}
