package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.LocalModel;
import dev.pigeonhole.local.Prediction;
import dev.pigeonhole.local.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trains the local classifier on one CSV and answers another; prints figures as name=value lines. A process of its own. */
final class ModelProcess {
    private ModelProcess() {}

    /**
     * Measures.
     *
     * @param args the file to learn from, the file to answer, how often to answer it
     */
    public static void main(String[] args) throws IOException {
        List<LabelledText> examples = LabelledRows.read(Path.of(args[0]));
        List<LabelledText> asked = LabelledRows.read(Path.of(args[1]));
        int rounds = Integer.parseInt(args[2]);
        String[] names = examples.stream()
                .map(LabelledText::category)
                .distinct()
                .sorted()
                .toArray(String[]::new);
        long start = Meter.cpuMillis();
        LocalModel model = LocalModel.train(
                Taxonomy.of(names), examples, TrainingSettings.defaults().withThreads(1));
        long trained = Meter.cpuMillis();
        List<String> texts = asked.stream().map(LabelledText::text).toList();
        int right = 0;
        for (int round = 0; round < rounds; round++) {
            right = right(model.predict(texts), asked);
        }
        long answered = Meter.cpuMillis();
        System.out.println("method=" + model.card().method());
        System.out.println("right=" + right);
        System.out.println("rows=" + (long) rounds * asked.size());
        System.out.println("train_ms=" + (trained - start));
        System.out.println("predict_ms=" + (answered - trained));
    }

    private static int right(List<Prediction> answers, List<LabelledText> asked) {
        int right = 0;
        for (int i = 0; i < asked.size(); i++) {
            right += answers.get(i).category().equals(asked.get(i).category()) ? 1 : 0;
        }
        return right;
    }
}
