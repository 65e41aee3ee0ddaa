package dev.pigeonhole.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The input of the benchmarks: {@code id,text,source} with 8 to 20 words of text, about 100 bytes a row; every fiftieth text has
 * quotes. A row depends on its number only. Stateless.
 */
final class SampleTable {
    /** The categories that {@link NoOpCategorizer} gives, in turn. */
    static final List<String> CATEGORIES =
            IntStream.range(0, 20).mapToObj(i -> "group " + (10 + i)).toList();

    private static final String HEADER = "id,text,source";
    private static final String RESULT_HEADER = ",category,category_status,category_confidence,category_source";
    private static final String[] WORDS = ("account answer before bank bill call cancel card cash change charge city"
                    + " claim close code credit date day deliver order deposit door email error fee find form help"
                    + " how import invoice item late limit link lost mail money month name need number open paid"
                    + " parcel pay phone pin plan price refund remove reset return send sign store stuck top track"
                    + " transfer wait week why wrong")
            .split(" ");
    private static final List<String> SOURCES = List.of("web", "mail", "phone", "branch");

    private SampleTable() {}

    /** The category of a row. */
    static String category(long row) {
        return CATEGORIES.get((int) (row % CATEGORIES.size()));
    }

    /** Writes a table; returns the SHA-256 of what an output with {@link #category} has to be. */
    static String write(Path file, long rows) throws IOException {
        MessageDigest expected = Sha256.start();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write((HEADER + "\n").getBytes(StandardCharsets.US_ASCII));
            expected.update((HEADER + RESULT_HEADER + "\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (long row = 1; row <= rows; row++) {
                line.setLength(0);
                append(row, line);
                byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
                out.write(bytes);
                out.write('\n');
                expected.update(bytes);
                expected.update(("," + category(row) + ",categorized,,none\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return HexFormat.of().formatHex(expected.digest());
    }

    private static void append(long row, StringBuilder line) {
        SplittableRandom random = new SplittableRandom(row);
        boolean quotes = row % 50 == 0;
        line.append(row).append(quotes ? ",\"" : ",");
        int words = 8 + random.nextInt(13);
        for (int i = 0; i < words; i++) {
            line.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        line.append(quotes ? ", \"\"now\"\"\"," : ",").append(SOURCES.get(random.nextInt(SOURCES.size())));
    }
}
