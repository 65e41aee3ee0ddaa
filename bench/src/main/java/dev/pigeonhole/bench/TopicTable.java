package dev.pigeonhole.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts that something can be learned from: {@code id,text,label} as in {@link SampleTable}, 8 to 20 words, but of 20 categories, each of
 * which has words of its own; about every fourth word is one of them. A row depends on its number only. Stateless.
 */
final class TopicTable {
    static final List<String> CATEGORIES = SampleTable.CATEGORIES;

    private static final int WORDS = 4_000;
    private static final int OWN_WORDS = 60;
    private static final int ONE_IN = 4;
    private static final String[] SYLLABLES =
            "ba co di fu ga he ji ko la me ni po qua ro si tu ve wo xa zy".split(" ", -1);
    private static final List<String> VOCABULARY =
            IntStream.range(0, WORDS).mapToObj(TopicTable::word).toList();

    private TopicTable() {}

    static String category(long row) {
        return CATEGORIES.get(new SplittableRandom(~row).nextInt(CATEGORIES.size()));
    }

    /** Writes rows from a number on. */
    static void write(Path file, long firstRow, long rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write("id,text,label\n");
            for (long row = firstRow; row < firstRow + rows; row++) {
                out.write(row + "," + text(row) + "," + category(row) + "\n");
            }
        }
    }

    /** Writes the categories with a thousand examples each, or so: for a local categorizer that learns from these. */
    static void writeCategories(Path file, long firstRow, long rows) throws IOException {
        StringBuilder yaml = new StringBuilder("version: 1\ncategories:\n");
        for (String category : CATEGORIES) {
            yaml.append("  - name: ").append(category).append("\n    examples:\n");
            for (long row = firstRow; row < firstRow + rows; row++) {
                if (category(row).equals(category)) {
                    yaml.append("      - ").append(text(row)).append('\n');
                }
            }
        }
        Files.writeString(file, yaml);
    }

    /** How many rows have the right category in the column behind the original ones. */
    static long right(Path output) throws IOException {
        try (Stream<String> lines = Files.lines(output, StandardCharsets.UTF_8)) {
            return lines.skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(cells -> cells[2].equals(cells[3]))
                    .count();
        }
    }

    private static String text(long row) {
        SplittableRandom random = new SplittableRandom(row);
        int own = CATEGORIES.indexOf(category(row)) * OWN_WORDS;
        int words = 8 + random.nextInt(13);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            // The square makes some words frequent and most rare, as in languages.
            double share = random.nextDouble();
            int any = (int) (share * share * WORDS);
            int word = random.nextInt(ONE_IN) == 0 ? WORDS - 1 - own - random.nextInt(OWN_WORDS) : any;
            text.append(i == 0 ? "" : " ").append(VOCABULARY.get(word));
        }
        return text.toString();
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }
}
