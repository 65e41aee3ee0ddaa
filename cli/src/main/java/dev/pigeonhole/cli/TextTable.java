package dev.pigeonhole.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table for a terminal: columns as wide as their widest cell, two spaces apart. Not thread-safe. */
final class TextTable {
    private static final int WIDEST = 40;

    private final List<Boolean> left = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> header = new ArrayList<>();

    /** A column of numbers. */
    TextTable right(String name) {
        return column(name, false);
    }

    /** A column of names, cut where they are too long. */
    TextTable left(String name) {
        return column(name, true);
    }

    private TextTable column(String name, boolean toTheLeft) {
        header.add(name);
        left.add(toTheLeft);
        return this;
    }

    /** As many cells as there are columns. */
    TextTable row(String... cells) {
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(i -> left.get(i) ? cut(Plain.text(cells[i])) : cells[i])
                .toList());
        return this;
    }

    List<String> lines() {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        return all.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> padded(cells.get(i), width(i), left.get(i)))
                .collect(Collectors.joining("  ", "  ", ""))
                .stripTrailing();
    }

    private int width(int column) {
        return Math.max(
                length(header.get(column)),
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
    }

    private static String padded(String cell, int width, boolean toTheLeft) {
        String space = " ".repeat(width - length(cell));
        return toTheLeft ? cell + space : space + cell;
    }

    /** Short enough for a line. */
    static String cut(String text) {
        return length(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
