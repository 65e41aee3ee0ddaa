package dev.pigeonhole.llm.money;

import com.knuddels.jtokkit.Encodings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts by the encoding o200k, that of the newer models, with the table that jtokkit's jar holds. The same counts as jtokkit's, but the
 * table is ready in a fraction of the time and memory. Thread-safe.
 */
final class O200kCounter implements TokenCounter {
    private static final String FILE = "/com/knuddels/jtokkit/o200k_base.tiktoken";

    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String BEFORE_WORD = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String SHORT_FORM = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

    /** The pieces in which the encoding takes a text; no token reaches over the end of one. */
    private static final Pattern PIECE = Pattern.compile(
            String.join(
                    "|",
                    BEFORE_WORD + UPPER + "*" + LOWER + "+" + SHORT_FORM,
                    BEFORE_WORD + UPPER + "+" + LOWER + "*" + SHORT_FORM,
                    "\\p{N}{1,3}",
                    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
                    "\\s*[\\r\\n]+",
                    "\\s+(?!\\S)",
                    "\\s+"),
            Pattern.UNICODE_CHARACTER_CLASS);

    /** A constant that is read when it is first needed. */
    private static final class Table {
        static final TokenTable O200K = load();

        private static TokenTable load() {
            try (InputStream in = Objects.requireNonNull(Encodings.class.getResourceAsStream(FILE), FILE)) {
                return TokenTable.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(FILE, e);
            }
        }
    }

    @Override
    public int count(String text) {
        int count = 0;
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            byte[] piece = text.substring(pieces.start(), pieces.end()).getBytes(StandardCharsets.UTF_8);
            count += Table.O200K.rank(piece, 0, piece.length) == TokenTable.NONE ? new Merge(piece).count() : 1;
        }
        return count;
    }

    /** Joins the neighbours that make the token of the lowest rank, the first such in the text, until none make one. For one piece. */
    private static final class Merge {
        private static final int DROPPED = -1;

        private final byte[] piece;
        /** Where the part ends that begins here. */
        private final int[] end;
        /** Where the part begins that ends here. */
        private final int[] begin;
        /** The rank that the part which begins here makes with the one behind it. */
        private final int[] rank;

        /** Rank and place of pairs; of those that are no more, too. */
        private final PriorityQueue<Long> pairs = new PriorityQueue<>();

        Merge(byte[] piece) {
            this.piece = piece;
            this.end = new int[piece.length];
            this.begin = new int[piece.length + 1];
            this.rank = new int[piece.length];
            for (int i = 0; i < piece.length; i++) {
                end[i] = i + 1;
                begin[i + 1] = i;
            }
        }

        int count() {
            int count = piece.length;
            for (int i = 0; i < piece.length; i++) {
                pair(i);
            }
            while (!pairs.isEmpty()) {
                long next = pairs.remove();
                int at = (int) next;
                if (rank[at] == next >>> Integer.SIZE) {
                    join(at);
                    count--;
                }
            }
            return count;
        }

        private void join(int at) {
            int second = end[at];
            end[at] = end[second];
            begin[end[at]] = at;
            rank[second] = DROPPED;
            pair(at);
            if (at > 0) {
                pair(begin[at]);
            }
        }

        private void pair(int at) {
            rank[at] = end[at] == piece.length ? TokenTable.NONE : Table.O200K.rank(piece, at, end[end[at]]);
            if (rank[at] != TokenTable.NONE) {
                pairs.add((long) rank[at] << Integer.SIZE | at);
            }
        }
    }
}
