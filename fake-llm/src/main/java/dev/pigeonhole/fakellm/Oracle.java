package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Knows the true category of a text. Thread-safe; the same answer to the same question. */
@FunctionalInterface
public interface Oracle {
    /** What is answered if no category fits. */
    String NONE = "__none__";

    /**
     * The category of a text.
     *
     * @param text of a record
     * @param categories those that the request allows, in its order; empty if they could not be found out
     * @return a category; one that is not allowed becomes "none" where the answer is bound to the list
     */
    String categoryOf(String text, List<String> categories);

    /**
     * The same for a text that is asked about together with others; a model may know less then.
     *
     * @param records how many are asked about in the same request, this one included
     */
    default String categoryOf(String text, List<String> categories, int records) {
        return categoryOf(text, categories);
    }

    /** Chooses by a hash of the text: any category but "none", each as often as any other. */
    static Oracle byHash(long seed) {
        return (text, categories) -> {
            List<String> real = Categories.withoutNone(categories);
            return real.isEmpty() ? NONE : real.get((int) Long.remainderUnsigned(Chance.of(seed, text), real.size()));
        };
    }

    /** The category of the first keyword that the text holds, in any case; else "none". */
    static Oracle byKeywords(Map<String, String> categoryOfKeyword) {
        Map<String, String> lower = new LinkedHashMap<>();
        categoryOfKeyword.forEach((keyword, category) -> lower.put(keyword.toLowerCase(Locale.ROOT), category));
        return (text, categories) -> {
            String folded = text.toLowerCase(Locale.ROOT);
            return lower.entrySet().stream()
                    .filter(entry -> folded.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseGet(() -> Categories.noneOf(categories));
        };
    }

    /**
     * Looks texts up in a CSV file with header; see {@link #labelled(Path, List, String)}. The columns are called {@code text} and
     * {@code label}.
     */
    static Oracle labelled(Path csv) throws IOException {
        return labelled(csv, List.of("text"), "label");
    }

    /**
     * Looks texts up in a CSV file with header. Letters and digits alone are compared, so a text may come with other spaces than it
     * stands there; a long one may come with its middle cut out. A text that is not there has the category "none".
     *
     * @param textColumns whose values, joined, are the text
     * @param labelColumn whose value is the category
     * @throws IOException the file cannot be read, or has no such columns
     */
    static Oracle labelled(Path csv, List<String> textColumns, String labelColumn) throws IOException {
        return LabelledTexts.read(csv, textColumns, labelColumn);
    }

    /** Is wrong for this share of the texts, always for the same ones and in the same way. */
    default Oracle withErrors(double rate, long seed) {
        return (text, categories) -> {
            String truth = categoryOf(text, categories);
            List<String> others =
                    categories.stream().filter(name -> !name.equals(truth)).toList();
            return others.isEmpty() || Chance.share(seed, text) >= rate
                    ? truth
                    : byHash(seed + 1).categoryOf(text, others);
        };
    }

    /**
     * Is wrong the more often the more records a request has, as small models are: for this share of the texts for each record
     * beyond the first. What is wrong in a request is wrong in each larger one.
     */
    default Oracle withErrorsBySize(double ratePerRecord, long seed) {
        return new TiredOracle(this, ratePerRecord, seed);
    }
}
