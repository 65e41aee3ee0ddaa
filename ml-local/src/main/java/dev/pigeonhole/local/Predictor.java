package dev.pigeonhole.local;

import dev.pigeonhole.local.features.FeatureReader;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Asks a {@link LocalModel} about one text after the other. Holds buffers: one for each call or thread; not thread-safe. */
final class Predictor {
    private final LocalModel model;
    private final FeatureReader reader;
    private final float[] scores;

    Predictor(LocalModel model) {
        this.model = model;
        this.reader = new FeatureReader(model.features());
        this.scores = new float[model.labels().size()];
    }

    Prediction predict(String text) {
        reader.read(text);
        model.weights().score(reader, scores);
        int best = LinearWeights.best(scores);
        boolean known = reader.size() > 0;
        return new Prediction(model.labels().get(best), known ? confidence(best) : OptionalDouble.empty(), known);
    }

    private OptionalDouble confidence(int best) {
        if (model.calibration().isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(model.calibration().get().probability(LinearWeights.margin(scores, best)));
    }

    /** The scores of the last text, one per label. A copy. */
    float[] scores() {
        return Arrays.copyOf(scores, scores.length);
    }
}
