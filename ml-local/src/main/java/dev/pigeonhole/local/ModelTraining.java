package dev.pigeonhole.local;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.features.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes a {@link LocalModel}: chooses the method, learns, finds out how good it is. Used once. */
final class ModelTraining {
    /** On Banking77 the better method up to here; with more rows, the support vector machine is. */
    private static final int FEW_ROWS_PER_LABEL = 12;
    /** From here on, what is seen in one row only is left out: half of the features, a tenth of a point of the accuracy. */
    private static final int MANY_ROWS = 5_000;
    /** Fewer tell nothing about confidence. */
    private static final int MIN_ANSWERABLE = 100;
    /** Bounds memory: 128 MB. */
    private static final int MAX_WEIGHTS = 32_000_000;

    private final Taxonomy taxonomy;
    private final TrainingSettings settings;
    private final TrainingRows rows;
    private final int[] rowsPerCategory;
    /** The categories that have rows. */
    private final int[] categories;

    private final int[] labelOfCategory;

    private ModelTraining(Taxonomy taxonomy, TrainingRows rows, TrainingSettings settings) {
        this.taxonomy = taxonomy;
        this.settings = settings;
        this.rows = rows;
        this.rowsPerCategory = rows.perCategory(taxonomy.categories().size());
        this.categories = IntStream.range(0, rowsPerCategory.length)
                .filter(category -> rowsPerCategory[category] > 0)
                .toArray();
        this.labelOfCategory = new int[rowsPerCategory.length];
        Arrays.fill(labelOfCategory, -1);
        for (int label = 0; label < categories.length; label++) {
            labelOfCategory[categories[label]] = label;
        }
        requireTwo();
    }

    static ModelTraining of(Taxonomy taxonomy, Iterable<LabelledText> examples, TrainingSettings settings) {
        RowSample sample = new RowSample(taxonomy.names(), settings);
        examples.forEach(sample::add);
        return new ModelTraining(taxonomy, sample.rows(), settings);
    }

    private void requireTwo() {
        if (categories.length == 0) {
            throw new InputException("there is nothing to learn from: of " + rows.given()
                    + " rows none has a text and a category; rows of at least two categories are needed");
        }
        if (categories.length == 1) {
            throw new InputException("there is nothing to tell apart: all " + rows.size() + " rows have the category \""
                    + taxonomy.names().get(categories[0]) + "\"; rows of at least two categories are needed");
        }
    }

    /** Whether there are so few rows that logistic regression learns more from them. */
    static boolean isFew(int rows, int labels) {
        return rows <= FEW_ROWS_PER_LABEL * labels;
    }

    LocalModel run() {
        boolean few = isFew(rows.size(), categories.length);
        List<String> texts = new ArrayList<>(rows.texts());
        List<Integer> labels = new ArrayList<>();
        rows.categories().forEach(category -> labels.add(labelOfCategory[category]));
        if (few) {
            addDeclared(texts, labels);
        }
        int most = Math.min(Features.MAX_SIZE, MAX_WEIGHTS / categories.length);
        Features features = Features.learn(texts, rows.size() > MANY_ROWS ? 2 : 1, most);
        Vectors vectors = Vectors.of(
                features, texts, labels.stream().mapToInt(Integer::intValue).toArray(), categories.length);
        LinearTrainer trainer = few && RegressionTrainer.canTrain(vectors)
                ? new RegressionTrainer(vectors)
                : new SvmTrainer(vectors, settings);
        return model(features, vectors, trainer);
    }

    /** What the taxonomy says is worth a few rows, where there are few; texts that stand among the rows are left out. */
    private void addDeclared(List<String> texts, List<Integer> labels) {
        TextIdentity identity = new TextIdentity();
        Set<Long> known = new HashSet<>();
        texts.forEach(text -> known.add(identity.of(text)));
        Lesson lesson = Lesson.of(taxonomy, List.of());
        for (int i = 0; i < lesson.texts().size(); i++) {
            int label = labelOfCategory[lesson.categories().get(i)];
            if (label >= 0 && !known.contains(identity.of(lesson.texts().get(i)))) {
                texts.add(lesson.texts().get(i));
                labels.add(label);
            }
        }
    }

    private LocalModel model(Features features, Vectors vectors, LinearTrainer trainer) {
        Optional<HeldOut> heldOut = heldOut(vectors, trainer);
        Optional<Platt> calibration = heldOut.map(HeldOut::calibration);
        LinearWeights weights = trainer.train(IntStream.range(0, vectors.size()).toArray());
        List<String> names = Arrays.stream(categories)
                .mapToObj(category -> taxonomy.names().get(category))
                .toList();
        ModelCard card = new ModelCard(
                trainer.method(),
                rows.given(),
                rows.size(),
                namedRows(),
                namedSettings(),
                features.size(),
                heldOut.map(answers -> OptionalDouble.of(answers.accuracy())).orElse(OptionalDouble.empty()),
                heldOut.map(answers -> OptionalDouble.of(answers.calibrationError(calibration.orElseThrow())))
                        .orElse(OptionalDouble.empty()),
                heldOut.map(answers -> answers.promises(calibration.orElseThrow()))
                        .orElse(List.of()),
                rows.fingerprint(taxonomy.names()));
        return new LocalModel(taxonomy, names, features, weights, calibration, card);
    }

    private Optional<HeldOut> heldOut(Vectors vectors, LinearTrainer trainer) {
        int[] labels = Arrays.copyOf(vectors.labels(), rows.size());
        if (Folds.answerable(rows.texts(), labels, categories.length) < MIN_ANSWERABLE) {
            return Optional.empty();
        }
        Folds folds = Folds.of(rows.texts(), labels, settings.folds(), settings.seed());
        return Optional.of(HeldOut.of(vectors, trainer, folds, rows.size()));
    }

    private Map<String, Integer> namedRows() {
        Map<String, Integer> named = new LinkedHashMap<>();
        for (int category = 0; category < rowsPerCategory.length; category++) {
            named.put(taxonomy.names().get(category), rowsPerCategory[category]);
        }
        return named;
    }

    private Map<String, String> namedSettings() {
        return new TreeMap<>(Map.of(
                "seed", Long.toString(settings.seed()),
                "folds", Integer.toString(settings.folds()),
                "cost", Double.toString(settings.cost()),
                "maxCharacters", Long.toString(settings.maxCharacters())));
    }
}
