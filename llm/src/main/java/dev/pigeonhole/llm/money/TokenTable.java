package dev.pigeonhole.llm.money;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * The tokens of a byte-pair encoding by their bytes, each with its rank: which of two is made first. Immutable.
 *
 * <p>All bytes stand in one array and are found by open addressing: a map of arrays takes eight times as long to build and nine times
 * the memory, and this is built at each start.
 */
final class TokenTable {
    /** The rank of bytes that are no token; above all others. */
    static final int NONE = Integer.MAX_VALUE;

    private final byte[] bytes;
    /** Where the token of each rank begins; one more at the end. */
    private final int[] begins;
    /** Ranks plus one, by the hash of the bytes; zero where nothing is. */
    private final int[] slots;

    private TokenTable(byte[] bytes, int[] begins) {
        this.bytes = bytes;
        this.begins = begins;
        this.slots = new int[Integer.highestOneBit(begins.length) << 2];
        for (int rank = 0; rank + 1 < begins.length; rank++) {
            int slot = slot(bytes, begins[rank], begins[rank + 1]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = rank + 1;
        }
    }

    /**
     * Reads a table as it is published: a line for each token, its bytes in base 64, a space, its rank; ranks without a gap, from
     * zero on.
     *
     * @throws IOException it cannot be read
     * @throws IllegalStateException it is none
     */
    static TokenTable read(InputStream in) throws IOException {
        byte[] text = in.readAllBytes();
        byte[] bytes = new byte[text.length];
        int[] begins = new int[text.length / 4];
        int rank = 0;
        int end = 0;
        for (int at = 0; at < text.length; rank++) {
            begins[rank] = end;
            int space = indexOf(text, (byte) ' ', at);
            byte[] token = Base64.getDecoder().decode(Arrays.copyOfRange(text, at, space));
            System.arraycopy(token, 0, bytes, end, token.length);
            end += token.length;
            int newline = indexOf(text, (byte) '\n', space);
            if (number(text, space + 1, newline) != rank) {
                throw new IllegalStateException("the table of tokens has no rank " + rank + " where it should be");
            }
            at = newline + 1;
        }
        begins[rank] = end;
        return new TokenTable(Arrays.copyOf(bytes, end), Arrays.copyOf(begins, rank + 1));
    }

    private static int indexOf(byte[] text, byte wanted, int from) {
        int at = from;
        while (at < text.length && text[at] != wanted) {
            at++;
        }
        return at;
    }

    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    /** The rank of these bytes; {@link #NONE} if they are no token. */
    int rank(byte[] text, int from, int to) {
        int slot = slot(text, from, to);
        while (slots[slot] != 0) {
            int rank = slots[slot] - 1;
            if (Arrays.equals(bytes, begins[rank], begins[rank + 1], text, from, to)) {
                return rank;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return NONE;
    }

    private int slot(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 0x01000193 + text[i];
        }
        hash *= 0x9E3779B9;
        return (hash ^ hash >>> 15) & (slots.length - 1);
    }
}
