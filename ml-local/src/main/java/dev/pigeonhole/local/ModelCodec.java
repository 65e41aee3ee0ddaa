package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.features.Features;
import dev.pigeonhole.local.file.Card;
import dev.pigeonhole.local.file.MissingPartException;
import dev.pigeonhole.local.file.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what of a {@link LocalModel} stands where in its file; {@code docs/formats.md} describes it. Stateless. */
final class ModelCodec {
    private static final String LABELS = "labels";
    private static final String KEYS = "keys";
    private static final String RARITIES = "rarities";
    private static final String WEIGHTS = "weights";
    private static final String BIASES = "biases";
    private static final String CALIBRATION = "calibration";

    private ModelCodec() {}

    static void save(LocalModel model, Path file) {
        List<String> names = model.taxonomy().names();
        Map<String, Object> arrays = new LinkedHashMap<>();
        arrays.put(LABELS, model.labels().stream().mapToInt(names::indexOf).toArray());
        arrays.put(KEYS, model.features().keys());
        arrays.put(RARITIES, model.features().rarities());
        arrays.put(WEIGHTS, model.weights().weights());
        arrays.put(BIASES, model.weights().biases());
        model.calibration().ifPresent(platt -> arrays.put(CALIBRATION, new double[] {platt.slope(), platt.offset()}));
        ModelFile.of(CardWriter.card(model), arrays).save(file);
    }

    static LocalModel load(Path file) {
        ModelFile content = ModelFile.load(file).content();
        try {
            CardReader card = new CardReader(content.card());
            Taxonomy taxonomy = card.taxonomy();
            List<Category> categories = taxonomy.categories();
            List<String> labels = Arrays.stream(content.ints(LABELS))
                    .mapToObj(number -> categories.get(number).name())
                    .toList();
            return new LocalModel(
                    taxonomy,
                    labels,
                    new Features(content.longs(KEYS), content.floats(RARITIES)),
                    new LinearWeights(labels.size(), content.floats(WEIGHTS), content.floats(BIASES)),
                    calibration(content),
                    card.modelCard());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ConfigurationException e) {
            throw foreign(file, e);
        }
    }

    /** The categories of the model in the file, which is checked to its last byte. */
    static Taxonomy taxonomy(Path file) {
        Card card = ModelFile.card(file);
        try {
            return new CardReader(card).taxonomy();
        } catch (IllegalArgumentException | ConfigurationException e) {
            throw foreign(file, e);
        }
    }

    private static Optional<Platt> calibration(ModelFile content) {
        if (!content.has(CALIBRATION)) {
            return Optional.empty();
        }
        double[] values = content.doubles(CALIBRATION);
        if (values.length != 2) {
            throw new MissingPartException("it has " + values.length + " numbers of calibration instead of 2");
        }
        return Optional.of(new Platt(values[0], values[1]));
    }

    /** A file that is whole, but not written by a program like this one. */
    private static ConfigurationException foreign(Path file, RuntimeException e) {
        return new ConfigurationException(
                "model file " + file + ": it is undamaged, but is not the model that this program expects ("
                        + e.getMessage() + "); train again",
                e);
    }
}
