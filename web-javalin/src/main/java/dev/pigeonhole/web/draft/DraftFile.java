package dev.pigeonhole.web.draft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The input of a draft. Immutable.
 *
 * @param name for people only; never part of a path
 * @param sample whether it is one of the program's own
 * @param stored its name in the draft's folder; empty if it is elsewhere
 * @param elsewhere where a job of the command line has it; empty if it is in the draft's folder
 */
record DraftFile(String name, long bytes, boolean sample, String stored, String elsewhere) {
    static final String SUFFIX = ".csv";

    private static final int MOST_NAME = 120;
    private static final int MOST_CHARS = 10_000;

    static DraftFile kept(Fields fields) {
        return new DraftFile(
                fields.text("name", "", MOST_CHARS),
                fields.longNumber("bytes", 0, 0, Long.MAX_VALUE),
                fields.flag("sample", false),
                fields.text("stored", "", MOST_CHARS),
                fields.text("elsewhere", "", MOST_CHARS));
    }

    Path in(Path folder) {
        return elsewhere.isEmpty() ? folder.resolve(stored) : Path.of(elsewhere);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("bytes", bytes);
        map.put("sample", sample);
        return map;
    }

    Map<String, Object> toKeep() {
        Map<String, Object> map = toMap();
        map.put("stored", stored);
        map.put("elsewhere", elsewhere);
        return map;
    }

    /** What a client calls its file, fit to be shown: the last part of a path, on one line. */
    static String shown(String name) {
        String last =
                name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+", " ").strip();
        last = last.substring(Math.max(last.lastIndexOf('/'), last.lastIndexOf('\\')) + 1)
                .strip();
        if (last.length() > MOST_NAME) {
            last = last.substring(0, MOST_NAME);
        }
        return last.isEmpty() || last.equals(".") || last.equals("..") ? "input.csv" : last;
    }
}
