package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A random input, random trouble with it, and what the output must be, worked out without the engine. */
final class RandomJob {
    private static final List<String> CATEGORIES = List.of("plain", "a,b", "semi;colon", "say \"hi\"", "ünï 🐀");
    private static final List<String> TEXTS = List.of(
            "word", "two words", "a,b;c", "\"quoted\"", "line\nbreak", "crlf\r\nbreak", "🐀", " padded ", "=1+1");
    private static final List<String> BLANKS = List.of("", " ", "\n", "\t");

    /** What happens to a call that holds this row. */
    private enum Trouble {
        NONE,
        /** Fails for a while, within the attempts. */
        TRANSIENT,
        /** Fails as often as it is tried. */
        TRANSIENT_FOR_GOOD,
        PERMANENT,
        DEFECT,
        TOO_FEW_OUTCOMES,
        /** The item alone fails. */
        ITEM,
        INVENTED_LABEL,
        /** The first call pauses the job. */
        PAUSE
    }

    /** A row: its number, its columns as they stand in the file and as they go to the output, its text. */
    private record Row(long number, String raw, String kept, String text, boolean misshapen) {}

    private final Random random;
    private final char delimiter;
    private final String lineEnding;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Long, Trouble> troubles = new HashMap<>();
    private final Map<Long, AtomicInteger> troublesLeft = new ConcurrentHashMap<>();
    /** What was answered, and came back from the call: nobody may ask again. */
    private final Map<Long, Outcome> answered = new ConcurrentHashMap<>();

    final AtomicInteger answers = new AtomicInteger();
    final AtomicInteger transients = new AtomicInteger();
    final AtomicInteger askedTwice = new AtomicInteger();
    private volatile boolean healthy;

    RandomJob(Random random) {
        this.random = random;
        this.delimiter = ",;\t".charAt(random.nextInt(3));
        this.lineEnding = random.nextBoolean() ? "\n" : "\r\n";
        int count = random.nextInt(5) == 0 ? random.nextInt(4) : random.nextInt(120);
        int calm = 1 + random.nextInt(30);
        for (long number = 1; number <= count; number++) {
            rows.add(row(number));
            Trouble trouble =
                    random.nextInt(calm) > 0 ? Trouble.NONE : Trouble.values()[random.nextInt(Trouble.values().length)];
            troubles.put(number, trouble);
            troublesLeft.put(
                    number,
                    new AtomicInteger(
                            switch (trouble) {
                                case TRANSIENT -> 1 + random.nextInt(2);
                                case PAUSE -> 1;
                                default -> Integer.MAX_VALUE;
                            }));
        }
    }

    char delimiter() {
        return delimiter;
    }

    int rowCount() {
        return rows.size();
    }

    static Taxonomy taxonomy() {
        return Taxonomy.of(CATEGORIES.toArray(String[]::new));
    }

    private Row row(long number) {
        boolean blank = random.nextInt(8) == 0;
        String text = blank ? pick(BLANKS) : pick(TEXTS) + " " + number;
        String columns = number + String.valueOf(delimiter) + cell(text);
        int shape = random.nextInt(25);
        if (shape == 0) {
            return new Row(number, columns + delimiter + cell(pick(TEXTS)), columns, text, true);
        } else if (shape == 1) {
            return new Row(number, Long.toString(number), number + String.valueOf(delimiter), "", false);
        }
        return new Row(number, columns, columns, text, false);
    }

    private String cell(String value) {
        boolean needed = value.chars().anyMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
        return needed || random.nextInt(4) == 0 ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String input() {
        StringBuilder csv = new StringBuilder("id" + delimiter + "text" + lineEnding);
        rows.forEach(row -> csv.append(row.raw()).append(lineEnding));
        return csv.toString();
    }

    // ---- the categorizer

    /** From here on every call succeeds; rows that failed may be asked about again. */
    void heal() {
        healthy = true;
        answered.values().removeIf(outcome -> !isAnswer(outcome));
    }

    Categorizer categorizer(Runnable onCall) {
        return new Categorizer() {
            @Override
            public List<Outcome> categorize(List<Item> items) {
                onCall.run();
                items.stream()
                        .filter(item -> answered.containsKey(item.row()))
                        .forEach(i -> askedTwice.incrementAndGet());
                items.forEach(item -> maybeFail(item.row()));
                List<Outcome> outcomes =
                        items.stream().map(RandomJob.this::answer).toList();
                if (items.stream().anyMatch(item -> has(item.row(), Trouble.TOO_FEW_OUTCOMES))) {
                    return outcomes.subList(1, outcomes.size());
                }
                answers.incrementAndGet();
                for (int i = 0; i < items.size(); i++) {
                    answered.put(items.get(i).row(), outcomes.get(i));
                }
                return outcomes;
            }

            @Override
            public Map<String, String> fingerprint() {
                return Map.of("categorizer", "random");
            }
        };
    }

    private boolean has(long row, Trouble trouble) {
        return !healthy && troubles.get(row) == trouble && troublesLeft.get(row).get() > 0;
    }

    private void maybeFail(long row) {
        if (healthy || troublesLeft.get(row).get() <= 0) {
            return;
        }
        switch (troubles.get(row)) {
            case TRANSIENT, TRANSIENT_FOR_GOOD -> {
                troublesLeft.get(row).decrementAndGet();
                transients.incrementAndGet();
                throw new TransientCategorizerException(FailureCause.TIMEOUT, "no answer", null, null);
            }
            case PERMANENT -> throw new PermanentCategorizerException(FailureCause.HTTP_4XX, "refused", null);
            case DEFECT -> throw new IllegalStateException("defect");
            case PAUSE -> {
                troublesLeft.get(row).decrementAndGet();
                throw new JobPausedException(PauseReason.QUOTA, "no quota", null);
            }
            case NONE, TOO_FEW_OUTCOMES, ITEM, INVENTED_LABEL -> {}
        }
    }

    private Outcome answer(Item item) {
        if (has(item.row(), Trouble.ITEM)) {
            return new Outcome.Failed(FailureCause.CONTENT_FILTER, "refused");
        } else if (has(item.row(), Trouble.INVENTED_LABEL)) {
            return Outcome.categorized("Plain", "invented");
        }
        return right(item.row());
    }

    private static Outcome right(long row) {
        OptionalDouble confidence = row % 3 == 0 ? OptionalDouble.empty() : OptionalDouble.of(row % 5 / 4.0);
        return row % 7 == 0
                ? new Outcome.Unmatched(confidence, "random")
                : new Outcome.Categorized(CATEGORIES.get((int) (row % CATEGORIES.size())), confidence, "random");
    }

    // ---- the oracle

    /** The output as it must be after what was answered so far; rows without an answer have failed. */
    String expected() {
        return expected(false);
    }

    /** The output as it must be if every row got the right answer. */
    String expectedWhenWell() {
        return expected(true);
    }

    private String expected(boolean well) {
        String names = String.join(
                String.valueOf(delimiter), "category", "category_status", "category_confidence", "category_source");
        StringBuilder csv = new StringBuilder("id" + delimiter + "text" + delimiter + names + lineEnding);
        for (Row row : rows) {
            csv.append(row.kept()).append(delimiter);
            csv.append(well && asked(row) ? result(right(row.number())) : result(row))
                    .append(lineEnding);
        }
        return csv.toString();
    }

    private static boolean asked(Row row) {
        return !row.misshapen() && !row.text().isBlank();
    }

    /** Rows that a categorizer has to be asked about. */
    long rowsToAsk() {
        return rows.stream().filter(RandomJob::asked).count();
    }

    private String result(Row row) {
        if (!asked(row)) {
            return values("", row.misshapen() ? "failed" : "skipped", "", "");
        }
        Outcome outcome = answered.get(row.number());
        return outcome == null ? values("", "failed", "", "") : result(outcome);
    }

    private String result(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized c && CATEGORIES.contains(c.category())) {
            return values(c.category(), "categorized", confidence(c.confidence()), c.source());
        } else if (outcome instanceof Outcome.Unmatched u) {
            return values("", "unmatched", confidence(u.confidence()), u.source());
        }
        return values("", "failed", "", "");
    }

    private static boolean isAnswer(Outcome outcome) {
        boolean known = outcome instanceof Outcome.Categorized c && CATEGORIES.contains(c.category());
        return known || outcome instanceof Outcome.Unmatched;
    }

    private static String confidence(OptionalDouble confidence) {
        return confidence.isEmpty() ? "" : String.format("%.4f", confidence.getAsDouble());
    }

    private String values(String category, String status, String confidence, String source) {
        boolean quoted = category.indexOf(delimiter) >= 0 || category.indexOf('"') >= 0;
        String name = quoted ? "\"" + category.replace("\"", "\"\"") + "\"" : category;
        return String.join(String.valueOf(delimiter), name, status, confidence, source);
    }
}
