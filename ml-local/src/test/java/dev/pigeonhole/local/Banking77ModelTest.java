package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a model trained on all 10,003 questions promises, and what it does on 3,080 others. */
class Banking77ModelTest {
    private static LocalModel model;
    private static List<LabelledText> asked;
    private static List<Prediction> answers;

    @BeforeAll
    static void train() throws IOException {
        asked = Banking77.test();
        model = LocalModel.train(
                Banking77.taxonomy(),
                Banking77.train(),
                TrainingSettings.defaults().withFolds(2));
        answers = model.predict(asked.stream().map(LabelledText::text).toList());
        System.out.printf(
                "Banking77, all rows: accuracy %.4f, calibration error %.4f; by the card %s, %s%n",
                precisionFrom(0),
                calibrationError(),
                model.card().accuracy(),
                model.card().calibrationError());
    }

    @Test
    void asAccurateAsScikitLearn() {
        assertThat(precisionFrom(0)).isGreaterThanOrEqualTo(0.911);
    }

    @Test
    void confidenceSaysHowOftenAnAnswerIsRight() {
        assertThat(calibrationError()).isLessThanOrEqualTo(0.05);
        assertThat(model.card().calibrationError().orElseThrow()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void promisesOfPrecisionAreKept() {
        for (PrecisionPromise promise : model.card().promises()) {
            assertThat(precisionFrom(promise.minConfidence()))
                    .as("%s", promise)
                    .isGreaterThanOrEqualTo(promise.precision() - 0.01);
        }
        double minConfidence = model.minConfidenceFor(0.95).orElseThrow();
        assertThat(precisionFrom(minConfidence)).isGreaterThanOrEqualTo(0.94);
        assertThat(coverage(minConfidence)).isGreaterThan(0.85);
        assertThat(model.minConfidenceFor(0.93)).hasValue(minConfidence);
        assertThat(model.minConfidenceFor(0.9999)).isEmpty();
    }

    @Test
    void theCardSaysWhatHappened() {
        ModelCard card = model.card();
        assertThat(card.method()).isEqualTo("svm");
        assertThat(card.rowsGiven()).isEqualTo(10_003);
        assertThat(card.rowsUsed()).isEqualTo(10_003);
        assertThat(card.rowsPerCategory()).hasSize(77).containsEntry("card_arrival", 153);
        assertThat(card.categoriesWithoutRows()).isEmpty();
        assertThat(card.settings()).containsEntry("seed", "1").containsEntry("folds", "2");
        assertThat(card.features()).isEqualTo(model.features().size()).isBetween(15_000, 30_000);
        assertThat(card.accuracy().orElseThrow()).isBetween(0.87, 0.92);
    }

    @Test
    void gibberishGetsNoCategory() {
        Taxonomy taxonomy = Banking77.taxonomy();
        assertThat(model.predict("q̶xz ﷽ 日本語").confidence().orElse(0)).isLessThan(0.5);
        assertThat(model.predict("Ωψ ☂").known()).isFalse();
        assertThat(ModelCategorizer.defaultMinConfidence(model, taxonomy)).isEqualTo(0.5);
    }

    private static double precisionFrom(double minConfidence) {
        int given = 0;
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).confidence().orElse(0) >= minConfidence) {
                given++;
                right += answers.get(i).category().equals(asked.get(i).category()) ? 1 : 0;
            }
        }
        return (double) right / given;
    }

    private static double coverage(double minConfidence) {
        return answers.stream()
                        .filter(answer -> answer.confidence().orElse(0) >= minConfidence)
                        .count()
                / (double) answers.size();
    }

    /** In ten bins. */
    private static double calibrationError() {
        double[] gaps = new double[10];
        for (int i = 0; i < answers.size(); i++) {
            double confidence = answers.get(i).confidence().orElseThrow();
            boolean right = answers.get(i).category().equals(asked.get(i).category());
            gaps[Math.min(9, (int) (confidence * 10))] += confidence - (right ? 1 : 0);
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum / answers.size();
    }
}
