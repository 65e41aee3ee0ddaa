package dev.pigeonhole.core.csv;

import java.util.ArrayList;
import java.util.List;

/** A second opinion: RFC 4180 in a few lines, written without looking at the code under test. Blank lines are records. */
public final class TinyCsv {
    private TinyCsv() {}

    public static List<List<String>> records(String csv, char delimiter) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean open = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            open = true;
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == delimiter) {
                record.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                i += c == '\r' && i + 1 < csv.length() && csv.charAt(i + 1) == '\n' ? 1 : 0;
                record.add(cell.toString());
                cell.setLength(0);
                records.add(record);
                record = new ArrayList<>();
                open = false;
            } else {
                cell.append(c);
            }
        }
        if (open) {
            record.add(cell.toString());
            records.add(record);
        }
        return records;
    }
}
