package dev.pigeonhole.workspace;

import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.core.csv.CsvInspection.Column;
import dev.pigeonhole.workspace.ColumnWords.Sense;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What each column of a file is probably good for, with the reason, for a person to confirm. Immutable.
 *
 * @param columns one guess for each described column, in file order
 * @param textColumns indexes from 0 of the columns to take as text, in file order: those of a run that is not told any, if that is
 *     defined, else the likeliest; empty only if nothing looks like text
 */
public record ColumnGuess(List<Guess> columns, List<Integer> textColumns) {
    private static final int MOST_TEXT_COLUMNS = 3;
    private static final int LONG = 100;
    private static final int SHORT = 40;
    private static final int MOST_LABELS = 300;
    /** Of so few rows it cannot be expected that labels repeat. */
    private static final int FEW = 20;

    private static final Pattern DENSE_SCRIPT = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");
    private static final Pattern PLAINLY_TRUTH =
            Pattern.compile("(?iu)categor|kategor|catégor|label|intent|truth|gold|категор|カテゴリ|分類|分类|类别|標籤|标签|카테고리");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\p{Sc}? ?[\\d.,' ]*\\d[%\\p{Sc} ]*");
    private static final Pattern DATE =
            Pattern.compile("(\\d{4}[-/.年]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|\\d{1,2}:\\d{2}).{0,30}");
    private static final Pattern ADDRESS = Pattern.compile("(https?://|www\\.)\\S+|[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    public ColumnGuess {
        columns = List.copyOf(columns);
        textColumns = List.copyOf(textColumns);
    }

    /** What a column can be used as. */
    public enum Role {
        /** Text to categorize. */
        TEXT,
        /** The row's own number or key. At most one column. */
        ID,
        /** The category that people gave it before. At most one column. */
        TRUTH,
        /** Nothing of these. */
        OTHER
    }

    /**
     * A guess.
     *
     * @param index of the column, from 0
     * @param reason in plain words, such as "long text, 98 % filled"
     * @param likeliness to compare columns of one role: more is likelier
     */
    public record Guess(int index, Role role, String reason, double likeliness) {
        public Guess {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Guesses from what an inspection found. */
    public static ColumnGuess of(CsvInspection inspection) {
        ColumnWords words = new ColumnWords();
        boolean few = inspection.profile().rows() < FEW;
        List<Guess> guesses = new ArrayList<>(inspection.columns().stream()
                .map(column -> guess(column, words.sense(column.name()), few))
                .toList());
        keepOne(Role.ID, guesses);
        keepOne(Role.TRUTH, guesses);
        List<Integer> defined = inspection.profile().textColumns();
        if (!defined.isEmpty()) {
            defined.stream().filter(i -> i < guesses.size()).forEach(i -> guesses.set(i, taken(inspection, i)));
            return new ColumnGuess(guesses, defined);
        }
        return new ColumnGuess(guesses, likeliest(inspection, guesses, words));
    }

    /** The columns of a role, the likeliest first. */
    public List<Guess> ranked(Role role) {
        return columns.stream()
                .filter(guess -> guess.role == role)
                .sorted(Comparator.comparing(guess -> -guess.likeliness))
                .toList();
    }

    /** The index of the only column of a role that at most one has. */
    public Optional<Integer> only(Role role) {
        return ranked(role).stream().map(Guess::index).findFirst();
    }

    private static Guess guess(Column column, Sense sense, boolean few) {
        if (column.values() == 0) {
            return guess(column, sense == Sense.TEXT ? Role.TEXT : Role.OTHER, "empty", 0);
        }
        if (isText(column, sense)) {
            return guess(column, Role.TEXT, textReason(column), textLikeliness(column, sense));
        }
        if (isId(column, sense)) {
            double likeliness = sense == Sense.ID ? 2 : 1;
            return guess(column, Role.ID, "every value is different and short", likeliness - column.index() / 1e6);
        }
        if (isTruth(column, sense, few)) {
            return guess(column, Role.TRUTH, valuesReason(column), truthLikeliness(column));
        }
        return guess(column, Role.OTHER, otherReason(column), 0);
    }

    private static Guess guess(Column column, Role role, String reason, double likeliness) {
        return new Guess(column.index(), role, reason, likeliness);
    }

    private static boolean isText(Column column, Sense sense) {
        boolean labels = repeats(column) && (sense != Sense.TEXT || column.distinct() <= FEW);
        if (sense == Sense.ID || isData(column.sample()) || labels) {
            return false;
        }
        double length = length(column);
        return switch (sense) {
            case TEXT -> column.prose() >= 0.3 && length >= 10;
            case TRUTH, OTHER -> column.prose() >= 0.8 && length >= LONG;
            default -> column.prose() >= 0.6 && length >= 25;
        };
    }

    /** Characters of scripts that need few of them count more. */
    private static double length(Column column) {
        return column.typicalLength() * (DENSE_SCRIPT.matcher(column.sample()).find() ? 2.5 : 1);
    }

    private static double textLikeliness(Column column, Sense sense) {
        return (sense == Sense.TEXT ? 1 : 0)
                + Math.min(1, length(column) / 200) * column.prose() * Math.max(0.1, column.filled());
    }

    private static boolean isId(Column column, Sense sense) {
        boolean different = column.distinctExact()
                ? column.distinct() == column.values()
                : column.distinct() > 0.97 * column.values();
        boolean named = sense == Sense.ID || (column.index() == 0 && sense != Sense.OTHER && sense != Sense.TRUTH);
        return named
                && different
                && column.filled() > 0.95
                && column.typicalLength() <= SHORT
                && !DATE.matcher(column.sample()).matches()
                && (sense == Sense.ID || column.prose() < 0.2);
    }

    private static boolean isTruth(Column column, Sense sense, boolean few) {
        return sense == Sense.TRUTH
                && column.typicalLength() <= SHORT
                && column.distinct() <= MOST_LABELS
                && (few || (repeats(column) && column.distinct() > 1))
                && !isData(column.sample());
    }

    private static double truthLikeliness(Column column) {
        return (PLAINLY_TRUTH.matcher(column.name()).find() ? 2 : 1) - column.index() / 1e6;
    }

    private static boolean repeats(Column column) {
        return column.typicalLength() <= SHORT && column.distinct() <= column.values() / 3;
    }

    private static boolean isData(String sample) {
        String value = sample.strip();
        return NUMBER.matcher(value).matches()
                || DATE.matcher(value).matches()
                || ADDRESS.matcher(value).matches();
    }

    private static String textReason(Column column) {
        return (length(column) >= LONG ? "long text, " : "text, ") + filled(column);
    }

    private static String filled(Column column) {
        int percent = (int) (column.filled() * 100);
        return percent == 0 ? "less than 1 % filled" : percent + " % filled";
    }

    private static String valuesReason(Column column) {
        String values = (column.distinctExact() ? "" : "about ") + column.distinct();
        return values + " different values" + (repeats(column) ? " that repeat" : "");
    }

    private static String otherReason(Column column) {
        String sample = column.sample().strip();
        if (column.distinct() == 1 && column.values() > 1) {
            return "always the same value";
        } else if (DATE.matcher(sample).matches()) {
            return "dates or times";
        } else if (ADDRESS.matcher(sample).matches()) {
            return "addresses";
        } else if (repeats(column)) {
            return valuesReason(column);
        } else if (NUMBER.matcher(sample).matches()) {
            return "numbers";
        }
        return column.typicalLength() <= SHORT ? "short values" : "long values that do not read like text";
    }

    private static void keepOne(Role role, List<Guess> guesses) {
        Optional<Guess> best = guesses.stream()
                .filter(guess -> guess.role == role)
                .max(Comparator.comparing(Guess::likeliness).thenComparing(guess -> -guess.index));
        guesses.replaceAll(guess -> guess.role != role || guess.equals(best.orElse(null))
                ? guess
                : new Guess(guess.index, Role.OTHER, guess.reason, 0));
    }

    /** What a run takes without being told. */
    private static Guess taken(CsvInspection inspection, int index) {
        Column column = inspection.columns().get(index);
        String reason = inspection.columns().size() == 1
                ? "the only column"
                : column.values() == 0 ? "empty, but named like a text" : textReason(column);
        return guess(column, Role.TEXT, reason, MOST_TEXT_COLUMNS);
    }

    private static List<Integer> likeliest(CsvInspection inspection, List<Guess> guesses, ColumnWords words) {
        List<Guess> texts = guesses.stream()
                .filter(guess -> guess.role == Role.TEXT)
                .sorted(Comparator.comparing(guess -> -guess.likeliness))
                .toList();
        if (texts.isEmpty()) {
            return longest(inspection, guesses);
        }
        boolean named = isNamedText(inspection, texts.get(0), words);
        return texts.stream()
                .filter(guess -> guess.equals(texts.get(0)) || (named && isNamedText(inspection, guess, words)))
                .limit(MOST_TEXT_COLUMNS)
                .map(Guess::index)
                .sorted()
                .toList();
    }

    private static boolean isNamedText(CsvInspection inspection, Guess guess, ColumnWords words) {
        return words.sense(inspection.columns().get(guess.index).name()) == Sense.TEXT;
    }

    /** Nothing looks like text: then the longest values that are no data. */
    private static List<Integer> longest(CsvInspection inspection, List<Guess> guesses) {
        return inspection.columns().stream()
                .filter(column -> guesses.get(column.index()).role == Role.OTHER)
                .filter(column -> column.values() > 0 && !isData(column.sample()))
                .max(Comparator.comparingInt(Column::typicalLength))
                .map(column -> List.of(column.index()))
                .orElse(List.of());
    }
}
