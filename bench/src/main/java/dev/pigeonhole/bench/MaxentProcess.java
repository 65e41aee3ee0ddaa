package dev.pigeonhole.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.tokenize.WhitespaceTokenizer;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * OpenNLP's maxent with its defaults, a bag of words, in a process of its own. Arguments: {@code train}, labelled rows, the model to
 * write; or {@code run}, rows, the model, the output, threads.
 */
final class MaxentProcess {
    private static final int CHUNK = 2_000;

    private MaxentProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Meter meter = new Meter();
        Path input = Path.of(args[1]);
        Path model = Path.of(args[2]);
        long rows = args[0].equals("train")
                ? train(input, model)
                : new Run(new DoccatModel(model), Integer.parseInt(args[4])).copy(input, Path.of(args[3]));
        Map<String, String> figures = meter.read();
        figures.put("rows", Long.toString(rows));
        figures.forEach((name, value) -> System.out.println(name + "=" + value));
    }

    private static long train(Path input, Path model) throws IOException {
        List<DocumentSample> samples = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(input);
                Stream<CsvRecord> rows = reader.stream().skip(1)) {
            rows.forEach(row -> samples.add(new DocumentSample(row.getField(2), words(row))));
        }
        DocumentCategorizerME.train(
                        "en",
                        ObjectStreamUtils.createObjectStream(samples),
                        TrainingParameters.defaultParams(),
                        new DoccatFactory())
                .serialize(model);
        return samples.size();
    }

    private static String[] words(CsvRecord row) {
        return WhitespaceTokenizer.INSTANCE.tokenize(row.getField(1));
    }

    /** Rows in chunks, each shared out to the threads. */
    private static final class Run {
        private final List<DocumentCategorizerME> categorizers = new ArrayList<>();
        private final List<CsvRecord> chunk = new ArrayList<>(CHUNK);
        private final String[] categories = new String[CHUNK];
        private long rows;

        /** The categorizer is not made for several threads: one for each. */
        Run(DoccatModel model, int threads) {
            for (int i = 0; i < threads; i++) {
                categorizers.add(new DocumentCategorizerME(model));
            }
        }

        long copy(Path input, Path output) throws IOException, InterruptedException, ExecutionException {
            ExecutorService pool = Executors.newFixedThreadPool(categorizers.size());
            try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(input);
                    CsvWriter writer = CsvWriter.builder().build(output)) {
                boolean header = true;
                for (CsvRecord row : reader) {
                    if (header) {
                        write(writer, row, "category");
                        header = false;
                        continue;
                    }
                    chunk.add(row);
                    if (chunk.size() == CHUNK) {
                        finish(pool, writer);
                    }
                }
                finish(pool, writer);
            } finally {
                pool.shutdown();
            }
            return rows;
        }

        private void finish(ExecutorService pool, CsvWriter writer) throws InterruptedException, ExecutionException {
            List<Callable<Boolean>> parts = new ArrayList<>();
            for (int i = 0; i < categorizers.size(); i++) {
                int part = i;
                parts.add(() -> categorize(part));
            }
            for (Future<Boolean> part : pool.invokeAll(parts)) {
                part.get();
            }
            for (int i = 0; i < chunk.size(); i++) {
                write(writer, chunk.get(i), categories[i]);
            }
            rows += chunk.size();
            chunk.clear();
        }

        private boolean categorize(int part) {
            DocumentCategorizerME categorizer = categorizers.get(part);
            for (int i = part; i < chunk.size(); i += categorizers.size()) {
                categories[i] = categorizer.getBestCategory(categorizer.categorize(words(chunk.get(i))));
            }
            return true;
        }

        private static void write(CsvWriter writer, CsvRecord row, String category) {
            List<String> fields = new ArrayList<>(row.getFields());
            fields.add(category);
            writer.writeRecord(fields);
        }
    }
}
