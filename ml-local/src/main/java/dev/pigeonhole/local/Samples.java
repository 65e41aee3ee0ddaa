package dev.pigeonhole.local;

import java.util.List;

/**
 * Texts as vectors, each with its category: what is learned from. Ordered by category. Immutable.
 *
 * @param vectors one per text
 * @param labels for each text the number of its category, from 0, never falling
 * @param features how many features there are
 * @param categories how many categories there are
 */
record Samples(List<SparseVector> vectors, List<Integer> labels, int features, int categories) {
    static Samples of(Lesson lesson, Vectorizer vectorizer, int categories) {
        return new Samples(vectorizer.vectors(lesson.texts()), lesson.categories(), vectorizer.features(), categories);
    }

    int size() {
        return vectors.size();
    }

    SparseVector vector(int sample) {
        return vectors.get(sample);
    }

    int category(int sample) {
        return labels.get(sample);
    }

    /** Weights in all vectors together. */
    long volume() {
        return vectors.stream().mapToLong(SparseVector::size).sum();
    }
}
