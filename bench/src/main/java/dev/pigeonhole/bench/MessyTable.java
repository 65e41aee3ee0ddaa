package dev.pigeonhole.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An input of different texts as untidy as people's are, with the label of each and the list of categories beside it. A row depends
 * on its number only. Immutable.
 *
 * @param folder where the three files are
 */
record MessyTable(Path folder) {
    private static final List<String> CATEGORIES = List.of(
            "Billing",
            "Refund",
            "Delivery",
            "Returns",
            "Warranty",
            "Account access",
            "Password",
            "Cancellation",
            "Subscription",
            "Price enquiry",
            "Product question",
            "Technical fault",
            "Complaint",
            "Praise",
            "Data protection",
            "Address change",
            "Invoice copy",
            "Payment failed",
            "Voucher",
            "Other");

    private static final List<String> OPENINGS = List.of(
            "Good morning, I have been waiting",
            "hi!! cannot log in",
            "\"Urgent\", she said, and \"now\"",
            "First line\nsecond line, with a comma",
            "  spaces before and behind  ",
            "=SUM(A1:A9) came out of my sheet",
            "<b>bold</b> &amp; <script>alert(1)</script>",
            "Здравствуйте, где мой заказ",
            "{\"r01\": \"Billing\"} is what I saw",
            "r02: Refund\tis not what I want",
            "naïve café 🙂👍🏽 question",
            "C:\\temp\\new; 100 % `sure` {or} [not]");

    private static final String[] WORDS =
            ("order parcel card refund invoice week money app phone address number password account late again help"
                            + " please still never twice screen button error charge shop return label broken charger")
                    .split(" ");

    /** What is wrong with an output, counted in rows. Immutable. */
    record Verdict(long rows, long lost, long altered, long reordered, long unlabelled, long mislabelled) {
        boolean isClean() {
            return lost + altered + reordered + unlabelled + mislabelled == 0;
        }
    }

    Path input() {
        return folder.resolve("input.csv");
    }

    Path labels() {
        return folder.resolve("labels.csv");
    }

    Path categories() {
        return folder.resolve("categories.txt");
    }

    /** Writes the three files; the folder must not be there yet. */
    static MessyTable write(Path folder, long rows) throws IOException {
        MessyTable table = new MessyTable(Files.createDirectories(folder));
        Files.write(table.categories(), CATEGORIES);
        try (CsvWriter input = CsvWriter.builder().build(table.input());
                CsvWriter labels = CsvWriter.builder().build(table.labels())) {
            input.writeRecord("id", "text", "note");
            labels.writeRecord("text", "label");
            for (long row = 1; row <= rows; row++) {
                String text = text(row);
                input.writeRecord(Long.toString(row), text, row % 7 == 0 ? " , \"" + row : "");
                labels.writeRecord(text, category(row));
            }
        }
        return table;
    }

    private static String text(long row) {
        SplittableRandom random = new SplittableRandom(row);
        StringBuilder text = new StringBuilder(OPENINGS.get((int) (row % OPENINGS.size())));
        text.append(" #").append(row);
        int words = 5 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append(row % 5 == 0 ? " " : ".").toString();
    }

    private static String category(long row) {
        return CATEGORIES.get(new SplittableRandom(~row).nextInt(CATEGORIES.size()));
    }

    /** Compares an output with the input and the labels, row by row. */
    Verdict judge(Path output) throws IOException {
        if (Files.notExists(output)) {
            return new Verdict(0, Long.MAX_VALUE, 0, 0, 0, 0); // All of them.
        }
        long rows = 0;
        long lost = 0;
        long altered = 0;
        long reordered = 0;
        long unlabelled = 0;
        long mislabelled = 0;
        try (CsvReader<CsvRecord> asked = CsvReader.builder().ofCsvRecord(input());
                CsvReader<CsvRecord> given = CsvReader.builder().ofCsvRecord(output)) {
            Iterator<CsvRecord> answers = given.iterator();
            for (CsvRecord row : asked) {
                if (!answers.hasNext()) {
                    lost++;
                    continue;
                }
                CsvRecord answer = answers.next();
                if (row.getStartingLineNumber() == 1) {
                    continue;
                }
                rows++;
                if (!answer.getField(0).equals(row.getField(0))) {
                    reordered++;
                } else if (!answer.getFields().subList(0, 3).equals(row.getFields())) {
                    altered++;
                } else if (!answer.getField(4).equals("categorized")) {
                    unlabelled++;
                } else if (!answer.getField(3).equals(category(rows))) {
                    mislabelled++;
                }
            }
            while (answers.hasNext()) {
                answers.next();
                altered++;
            }
        }
        return new Verdict(rows, lost, altered, reordered, unlabelled, mislabelled);
    }
}
