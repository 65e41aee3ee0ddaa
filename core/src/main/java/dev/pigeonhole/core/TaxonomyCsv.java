package dev.pigeonhole.core;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Cuts a table of categories, as a spreadsheet program saves it, into lines. Good for one use. What it throws says the line, not the
 * file.
 */
final class TaxonomyCsv {
    private static final List<String> COLUMNS = List.of("name", "description", "keywords", "examples");
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private final Map<String, Integer> places = new HashMap<>();

    private TaxonomyCsv() {}

    /**
     * A category as it stands in the table.
     *
     * @param number of the line on which it begins, from 1
     */
    record Line(int number, String name, String description, List<String> keywords, List<String> examples) {}

    static List<Line> lines(String content) {
        return new TaxonomyCsv().read(content);
    }

    private List<Line> read(String content) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(content))
                .setIgnoreEmptyLines(false)
                .get();
        List<Line> lines = new ArrayList<>();
        int number = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(content))
                .setFormat(format)
                .get()) {
            for (CSVRecord record : parser) {
                boolean blank = record.stream().allMatch(String::isBlank);
                if (places.isEmpty() && !blank) {
                    header(number, record);
                } else if (!blank) {
                    lines.add(line(number, record));
                }
                number = (int) parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new ConfigurationException(
                    "line " + number
                            + ": a quote opens here and is not closed, or is closed and more text follows; inside a"
                            + " quoted value a quote is written twice (\"\")",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory does no I/O", e);
        }
        return lines;
    }

    /** The one that cuts the first line into more cells than the others do. */
    private static char delimiter(String content) {
        String header =
                content.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = DELIMITERS.get(0);
        for (char c : DELIMITERS) {
            best = count(header, c) > count(header, best) ? c : best;
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private void header(int number, CSVRecord record) {
        for (int i = 0; i < record.size(); i++) {
            String name = record.get(i).strip().toLowerCase(Locale.ROOT);
            if (!COLUMNS.contains(name)) {
                throw wrong(
                        number,
                        "unknown column \"" + TaxonomyFile.clip(record.get(i)) + "\""
                                + Suggestion.hint(name, COLUMNS)
                                + "; the first line of a CSV file names its columns: name, and any of description, keywords,"
                                + " examples. A list with one name per line belongs into a text file (.txt)");
            }
            if (places.put(name, i) != null) {
                throw wrong(number, "column \"" + name + "\" appears twice");
            }
        }
        if (!places.containsKey("name")) {
            throw wrong(number, "there is no column \"name\"");
        }
    }

    private Line line(int number, CSVRecord record) {
        if (record.size() > places.size()) {
            throw wrong(
                    number,
                    record.size() + " columns instead of " + places.size()
                            + "; put a value that holds the delimiter in quotes");
        }
        return new Line(
                number,
                cell(record, "name"),
                cell(record, "description"),
                list(cell(record, "keywords")),
                list(cell(record, "examples")));
    }

    private String cell(CSVRecord record, String column) {
        int place = places.getOrDefault(column, Integer.MAX_VALUE);
        return place < record.size() ? record.get(place).strip() : "";
    }

    /** A bar is seldom part of a text and so goes before a semicolon. */
    private static List<String> list(String cell) {
        String separator = cell.indexOf('|') >= 0 ? "|" : ";";
        return Arrays.stream(cell.split(Pattern.quote(separator)))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static ConfigurationException wrong(int line, String problem) {
        return new ConfigurationException("line " + line + ": " + problem);
    }
}
