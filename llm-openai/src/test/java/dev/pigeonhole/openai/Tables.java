package dev.pigeonhole.openai;

import java.util.stream.Stream;

/** Tables of cases in files: a case a line, cells between bars, comments after a hash. */
final class Tables {
    private Tables() {}

    /** @param cells in a line; the last one may hold bars */
    static Stream<String[]> of(String name, int cells) {
        return Calls.resource(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", cells));
    }
}
