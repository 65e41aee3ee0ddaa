package dev.pigeonhole.local;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Support vector machines by liblinear, one per label against all others (squared hinge loss, dual coordinate descent). The labels are
 * learned side by side; each draws from a random source of its own, so threads change nothing. The only class that knows liblinear.
 */
final class SvmTrainer implements LinearTrainer {
    /** Where the solver stops; liblinear's own default for this loss. A tenth of it takes longer and changes no figure. */
    private static final double TOLERANCE = 0.1;

    private static final double BIAS = 1;

    private final Vectors vectors;
    private final TrainingSettings settings;
    private final Feature[][] nodes;

    SvmTrainer(Vectors vectors, TrainingSettings settings) {
        this.vectors = vectors;
        this.settings = settings;
        this.nodes = new Feature[vectors.size()][];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = nodes(vectors.features()[i], vectors.weights()[i], vectors.featureCount());
        }
        Linear.disableDebugOutput();
    }

    /** In ascending order and counted from 1, as liblinear wants it; the last one stands for the bias. */
    private static Feature[] nodes(int[] features, float[] weights, int biasFeature) {
        long[] sorted = new long[features.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = ((long) features[i] << Integer.SIZE) | i;
        }
        Arrays.sort(sorted);
        Feature[] nodes = new Feature[features.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            nodes[i] = new FeatureNode((int) (sorted[i] >>> Integer.SIZE) + 1, weights[(int) sorted[i]]);
        }
        nodes[sorted.length] = new FeatureNode(biasFeature + 1, BIAS);
        return nodes;
    }

    @Override
    public LinearWeights train(int[] texts) {
        int labels = vectors.labelCount();
        float[] weights = new float[Math.multiplyExact(vectors.featureCount(), labels)];
        float[] biases = new float[labels];
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int one = label;
            tasks.add(() -> trainOne(texts, one, weights, biases));
        }
        Workers.run(tasks, settings.threads());
        return new LinearWeights(labels, weights, biases);
    }

    /** Each label writes to places of its own. */
    private boolean trainOne(int[] texts, int label, float[] weights, float[] biases) {
        Problem problem = problem(texts, label);
        if (Arrays.stream(problem.y).noneMatch(y -> y > 0)) {
            biases[label] = -1;
            return false;
        }
        Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, settings.cost(), TOLERANCE);
        parameter.setRandom(new Random(settings.seed() + label));
        Model model = Linear.train(problem, parameter);
        double[] found = model.getFeatureWeights();
        double sign = model.getLabels()[0] > 0 ? 1 : -1;
        for (int f = 0; f < vectors.featureCount(); f++) {
            weights[f * vectors.labelCount() + label] = (float) (sign * found[f]);
        }
        biases[label] = (float) (sign * found[vectors.featureCount()] * BIAS);
        return true;
    }

    private Problem problem(int[] texts, int label) {
        Problem problem = new Problem();
        problem.l = texts.length;
        problem.n = vectors.featureCount() + 1;
        problem.bias = BIAS;
        problem.x = new Feature[texts.length][];
        problem.y = new double[texts.length];
        for (int i = 0; i < texts.length; i++) {
            problem.x[i] = nodes[texts[i]];
            problem.y[i] = vectors.labels()[texts[i]] == label ? 1 : -1;
        }
        return problem;
    }

    @Override
    public String method() {
        return "svm";
    }
}
