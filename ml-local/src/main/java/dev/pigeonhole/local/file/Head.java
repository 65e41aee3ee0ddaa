package dev.pigeonhole.local.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes, the same in all versions to come: so that every program can tell a damaged file from a newer one.
 *
 * @param version of the format
 * @param sections how many there are
 * @param length of the whole file, in bytes
 * @param cardBytes of the card
 * @param tableBytes of the table of sections
 */
record Head(int version, int sections, long length, int cardBytes, int tableBytes) {
    static final int BYTES = 36;

    /** The first is no text; the line ends are changed by programs that take the file for text. */
    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'G', 'N', '\r', '\n', 0x1a, '\n'};

    private static final int SUMMED = BYTES - Integer.BYTES;

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putInt(version).putInt(sections).putLong(length);
        buffer.putInt(cardBytes).putInt(tableBytes);
        return buffer.putInt(sum(buffer.array())).array();
    }

    static boolean isMagic(byte[] head) {
        return Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Whether it is as it was written. */
    static boolean isSound(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(SUMMED) == sum(head);
    }

    static Head of(byte[] head) {
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        return new Head(buffer.getInt(), buffer.getInt(), buffer.getLong(), buffer.getInt(), buffer.getInt());
    }

    private static int sum(byte[] head) {
        CRC32C crc = new CRC32C();
        crc.update(head, 0, SUMMED);
        return (int) crc.getValue();
    }
}
