package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import java.util.List;

/** What was learned from a taxonomy and from texts: how well each category fits a text. Immutable, thread-safe. */
final class Learned {
    /**
     * Cosine to the nearest category that says something. On Banking77, gibberish and other languages stay below 0.07, and 0.1 % of
     * the true questions are below 0.12 with five examples a category, 1 % below 0.08 with names alone.
     */
    private static final float MIN_SIMILARITY = 0.08f;

    private final Vectorizer vectorizer;
    private final DeclaredWords declared;
    private final Centroids centroids;
    private final Scorer scorer;

    private Learned(Vectorizer vectorizer, DeclaredWords declared, Centroids centroids, Scorer scorer) {
        this.vectorizer = vectorizer;
        this.declared = declared;
        this.centroids = centroids;
        this.scorer = scorer;
    }

    /**
     * Learns, from nothing else than what is given.
     *
     * @param known texts of which the category is known, beside the taxonomy's examples
     * @param input texts of which nothing is known, to train itself with; may be empty
     */
    static Learned of(Taxonomy taxonomy, List<LabelledText> known, List<String> input) {
        Lesson lesson = Lesson.of(taxonomy, known);
        Vectorizer vectorizer = Vectorizer.fit(lesson.texts(), input);
        Samples samples = Samples.of(lesson, vectorizer, taxonomy.categories().size());
        if (!input.isEmpty() && !LogisticTrainer.canTrain(samples)) {
            // The many features of the input are too much for so many categories; those of the lesson alone may not be.
            return of(taxonomy, known, List.of());
        }
        DeclaredWords declared = DeclaredWords.of(taxonomy, vectorizer);
        Centroids centroids = Centroids.of(samples);
        List<SparseVector> near = vectorizer.vectors(input).stream()
                .filter(text -> isNear(text, declared, centroids))
                .toList();
        return new Learned(
                vectorizer, declared, centroids, new Training(samples, centroids, lesson.hasExamples()).on(near));
    }

    private static boolean isNear(SparseVector text, DeclaredWords declared, Centroids centroids) {
        return declared.anyIn(text) || centroids.similarity(text) >= MIN_SIMILARITY;
    }

    /** Asks about one text after the other; for one thread. */
    Asking asking() {
        return new Asking(vectorizer.reading());
    }

    String method() {
        return scorer.method();
    }

    /** A buffer to use again; not thread-safe. */
    final class Asking {
        private final Vectorizer.Reading reading;

        private Asking(Vectorizer.Reading reading) {
            this.reading = reading;
        }

        Question about(String text) {
            return new Question(reading.vector(text));
        }
    }

    /** One text, and what can be said of it. */
    final class Question {
        private final SparseVector vector;

        private Question(SparseVector vector) {
            this.vector = vector;
        }

        /** One per category, in the order of the taxonomy; they add up to 1. */
        float[] probabilities() {
            return Probabilities.of(scorer.scores(vector), scorer.sharpness());
        }

        /** Whether the text has anything in common with what is said of any category. */
        boolean isRelated() {
            return centroids.similarity(vector) > 0;
        }

        /** Whether the text has more in common with what is said of any category than gibberish has. */
        boolean isNear() {
            return Learned.isNear(vector, declared, centroids);
        }
    }
}
