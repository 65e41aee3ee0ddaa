package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A model as the options of {@link LocalProvider} name it. Immutable.
 *
 * @param file where it is
 */
record TrainedModel(Path file) {
    static final String OPTION = "model";

    static TrainedModel at(String path) {
        try {
            return new TrainedModel(Path.of(path));
        } catch (InvalidPathException e) {
            throw new ConfigurationException(
                    "the option model must name a file that train has written, was \"" + path + "\"", e);
        }
    }

    /** The categories that it was trained for. Reads the file, but keeps nothing else of it. */
    Taxonomy taxonomy() {
        return ModelCodec.taxonomy(file);
    }

    /** @param minConfidence empty for what suits the model */
    Categorizer categorizer(Taxonomy taxonomy, OptionalDouble minConfidence) {
        LocalModel model = LocalModel.load(file);
        return minConfidence.isPresent()
                ? LocalCategorizer.of(model, taxonomy, minConfidence.getAsDouble())
                : LocalCategorizer.of(model, taxonomy);
    }
}
