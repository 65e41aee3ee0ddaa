package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.local.features.FeatureReader;
import dev.pigeonhole.local.features.Features;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Orders the categories by what was learned from many known texts. A share tells how far a category's score is ahead of the best other
 * one: on Banking77 this orders right answers before wrong ones better than any share of a whole. Immutable.
 */
final class TaughtRanker implements Ranker {
    /** Bounds memory: 32 MB, as several are held at once. */
    private static final int MAX_WEIGHTS = 8_000_000;
    /** Fitted to answers on Banking77 after 600 and 2,400 texts; the order is what counts, and no value changes it. */
    private static final Platt SHARE_AFTER_FEW = new Platt(1.6, -1);

    private static final Platt SHARE = new Platt(4.4, -0.7);

    private final List<String> names;
    private final Features features;
    private final LinearWeights weights;
    private final Platt share;

    private TaughtRanker(List<String> names, Features features, LinearWeights weights, Platt share) {
        this.names = names;
        this.features = features;
        this.weights = weights;
        this.share = share;
    }

    /**
     * Learns: about a second for 5,000 short texts of 77 categories. The same texts in the same order give the same ranker.
     *
     * @throws dev.pigeonhole.core.ConfigurationException a known text has a category that the taxonomy does not have
     */
    static TaughtRanker of(Taxonomy taxonomy, List<LabelledText> known) {
        TrainingSettings settings = TrainingSettings.defaults();
        RowSample sample = new RowSample(taxonomy.names(), settings);
        known.forEach(sample::add);
        TrainingRows rows = sample.rows();
        List<String> texts = new ArrayList<>(rows.texts());
        List<Integer> categories = new ArrayList<>(rows.categories());
        addDeclared(taxonomy, texts, categories);
        int labels = taxonomy.names().size();
        Features features = Features.learn(texts, 1, Math.min(Features.MAX_SIZE, MAX_WEIGHTS / labels));
        int[] numbers = categories.stream().mapToInt(Integer::intValue).toArray();
        Vectors vectors = Vectors.of(features, texts, numbers, labels);
        boolean few = ModelTraining.isFew(rows.size(), labels) && RegressionTrainer.canTrain(vectors);
        LinearTrainer trainer = few ? new RegressionTrainer(vectors) : new QuickSvmTrainer(vectors, settings);
        LinearWeights weights = trainer.train(IntStream.range(0, texts.size()).toArray());
        return new TaughtRanker(taxonomy.names(), features, weights, few ? SHARE_AFTER_FEW : SHARE);
    }

    /** What the taxonomy says; texts that stand among the known ones are left out. */
    private static void addDeclared(Taxonomy taxonomy, List<String> texts, List<Integer> categories) {
        TextIdentity identity = new TextIdentity();
        Set<Long> known = new HashSet<>();
        texts.forEach(text -> known.add(identity.of(text)));
        Lesson lesson = Lesson.of(taxonomy, List.of());
        for (int i = 0; i < lesson.texts().size(); i++) {
            String text = lesson.texts().get(i);
            if (!known.contains(identity.of(text))) {
                texts.add(text);
                categories.add(lesson.categories().get(i));
            }
        }
    }

    @Override
    public List<Candidate> rank(String text, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, was " + most);
        }
        FeatureReader reader = new FeatureReader(features);
        reader.read(text);
        if (reader.size() == 0) {
            return List.of();
        }
        float[] scores = new float[names.size()];
        weights.score(reader, scores);
        int best = LinearWeights.best(scores);
        float lead = LinearWeights.margin(scores, best);
        if (most == 1) {
            return List.of(new Candidate(names.get(best), share.probability(lead)));
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer category) -> -scores[category]))
                .limit(most)
                .map(category -> candidate(category, category == best ? lead : scores[category] - scores[best]))
                .toList();
    }

    private Candidate candidate(int category, float lead) {
        return new Candidate(names.get(category), share.probability(lead));
    }
}
