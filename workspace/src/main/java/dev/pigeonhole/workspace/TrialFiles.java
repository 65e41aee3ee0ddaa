package dev.pigeonhole.workspace;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a trial, in the workspace and as private as that: its rows, and what became of them. Immutable.
 *
 * @param input columns {@code row} and {@code text}
 * @param output the same with the result columns
 */
public record TrialFiles(Path input, Path output) {
    public static final String FOLDER = "trials";
    public static final String TEXT = "text";

    /**
     * A row and what became of it.
     *
     * @param row its number in the file that the trial is about
     */
    public record Answered(String row, String text, String category, String status) {}

    /** Writes the rows; the workspace must be there. */
    public static TrialFiles write(Path workspace, String name, List<CsvItem> rows) {
        StringBuilder csv = new StringBuilder("row,text\n");
        rows.forEach(row -> csv.append(row.row())
                .append(",\"")
                .append(row.text().replace("\"", "\"\""))
                .append("\"\n"));
        try {
            Path folder = Files.createDirectories(workspace.resolve(FOLDER));
            protect(folder, "rwx------");
            Path input = folder.resolve(name + ".csv");
            Files.write(input, new byte[0], StandardOpenOption.CREATE_NEW);
            protect(input, "rw-------");
            Files.writeString(input, csv, StandardCharsets.UTF_8);
            return new TrialFiles(input, folder.resolve(name + "-result.csv"));
        } catch (IOException e) {
            throw new StorageException("cannot write the trial " + name + ": " + e.getMessage(), e);
        }
    }

    private static void protect(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** What became of the rows, in their order. Reads the output, which must be there. */
    public List<Answered> answers() {
        List<String> rows = column("row");
        List<String> texts = column(TEXT);
        List<String> categories = column("category");
        List<String> statuses = column("category_status");
        List<Answered> answers = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            answers.add(new Answered(rows.get(i), texts.get(i), categories.get(i), statuses.get(i)));
        }
        return answers;
    }

    private List<String> column(String name) {
        CsvSource source =
                CsvSource.of(output).encoding("UTF-8").delimiter("comma").textColumns(name);
        List<String> values = new ArrayList<>();
        try (CsvRows<CsvItem> items = source.items(source.scan(), 1)) {
            items.forEachRemaining(item -> values.add(item.text()));
        }
        return values;
    }

    /** How the trial's rows are asked about: as those of the whole file would be. */
    public JobOptions optionsLike(JobOptions whole) {
        return new JobOptions(
                input,
                output,
                whole.categories(),
                List.of(TEXT),
                "UTF-8",
                "comma",
                RaggedPolicy.AUTO,
                false,
                false,
                whole.provider(),
                whole.providerOptions(),
                whole.batchSize(),
                whole.subBatchSize(),
                0,
                false);
    }
}
