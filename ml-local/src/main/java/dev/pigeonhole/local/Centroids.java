package dev.pigeonhole.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Compares a text with the mean of each category's texts. A score is a cosine, from 0 to 1. Needs no examples, and memory only for
 * the features that a category has.
 */
final class Centroids implements Scorer {
    /** Measured on Banking77 with names alone: expected calibration error 0.08, its lowest. Too modest where descriptions are known. */
    private static final float SHARPNESS = 25;

    private final int categories;
    /** Postings of feature f are those from starts[f] up to, not including, starts[f + 1]. */
    private final int[] starts;

    private final int[] postedCategories;
    private final float[] postedWeights;

    private Centroids(int categories, int[] starts) {
        this.categories = categories;
        this.starts = starts;
        this.postedCategories = new int[starts[starts.length - 1]];
        this.postedWeights = new float[starts[starts.length - 1]];
    }

    static Centroids of(Samples samples) {
        List<SparseVector> means = means(samples);
        int[] starts = new int[samples.features() + 1];
        for (SparseVector mean : means) {
            for (int i = 0; i < mean.size(); i++) {
                starts[mean.feature(i) + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        Centroids centroids = new Centroids(samples.categories(), starts);
        centroids.post(means);
        return centroids;
    }

    private void post(List<SparseVector> means) {
        int[] next = starts.clone();
        for (int category = 0; category < means.size(); category++) {
            SparseVector mean = means.get(category);
            for (int i = 0; i < mean.size(); i++) {
                int place = next[mean.feature(i)]++;
                postedCategories[place] = category;
                postedWeights[place] = mean.weight(i);
            }
        }
    }

    private static List<SparseVector> means(Samples samples) {
        float[] sums = new float[samples.features()];
        List<SparseVector> means = new ArrayList<>();
        int sample = 0;
        for (int category = 0; category < samples.categories(); category++) {
            BitSet touched = new BitSet();
            for (; sample < samples.size() && samples.category(sample) == category; sample++) {
                SparseVector text = samples.vector(sample);
                text.addTo(sums, 1);
                for (int i = 0; i < text.size(); i++) {
                    touched.set(text.feature(i));
                }
            }
            means.add(takeOut(sums, touched.stream().toArray()));
        }
        return means;
    }

    /** The sums of these features as a vector of length 1; leaves zeros behind. */
    private static SparseVector takeOut(float[] sums, int[] features) {
        float[] weights = new float[features.length];
        double squares = 0;
        for (int i = 0; i < features.length; i++) {
            weights[i] = sums[features[i]];
            squares += (double) weights[i] * weights[i];
            sums[features[i]] = 0;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scale;
        }
        return new SparseVector(features, weights);
    }

    @Override
    public float[] scores(SparseVector text) {
        float[] scores = new float[categories];
        for (int i = 0; i < text.size(); i++) {
            int feature = text.feature(i);
            float weight = text.weight(i);
            for (int p = starts[feature]; p < starts[feature + 1]; p++) {
                scores[postedCategories[p]] += weight * postedWeights[p];
            }
        }
        return scores;
    }

    /** The highest score. */
    float similarity(SparseVector text) {
        float best = 0;
        for (float score : scores(text)) {
            best = Math.max(best, score);
        }
        return best;
    }

    @Override
    public float sharpness() {
        return SHARPNESS;
    }

    @Override
    public String method() {
        return "centroids";
    }
}
