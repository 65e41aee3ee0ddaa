package dev.pigeonhole.local.file;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes one file. Good for one file. */
final class ModelFileWriter {
    private static final int BUFFER_BYTES = 1 << 16;

    private final DurableFile file;
    private final MessageDigest digest = Digest.start();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private ModelFileWriter(DurableFile file) {
        this.file = file;
    }

    /** Returns the checksum. */
    static String write(ModelFile content, Path target) {
        Path temporary = target.resolveSibling(target.getFileName() + ".part");
        try (DurableFile file = DurableFile.create(Disk.real(), target, temporary)) {
            byte[] sum = new ModelFileWriter(file).write(content);
            file.write(sum, 0, sum.length);
            file.seal();
            file.publish();
            return HexFormat.of().formatHex(sum);
        }
    }

    private byte[] write(ModelFile content) {
        List<Section> table = table(content);
        byte[] card = content.card().text().getBytes(StandardCharsets.UTF_8);
        int tableBytes = table.stream().mapToInt(Section::entryBytes).sum();
        long length = Head.BYTES + (long) card.length + tableBytes + digest.getDigestLength();
        length += table.stream().mapToLong(Section::bytes).sum();
        put(new Head(ModelFile.VERSION, table.size(), length, card.length, tableBytes).toBytes());
        put(card);
        table.forEach(this::putEntry);
        table.forEach(section -> putArray(content.array(section.name())));
        flush();
        return digest.digest();
    }

    private static List<Section> table(ModelFile content) {
        List<Section> table = new ArrayList<>();
        for (String name : content.names()) {
            Object array = content.array(name);
            table.add(new Section(SectionKind.of(array), name, length(array)));
        }
        return table;
    }

    private static int length(Object array) {
        return switch (SectionKind.of(array)) {
            case BYTES -> ((byte[]) array).length;
            case INTS -> ((int[]) array).length;
            case LONGS -> ((long[]) array).length;
            case FLOATS -> ((float[]) array).length;
            case DOUBLES -> ((double[]) array).length;
        };
    }

    private void putEntry(Section section) {
        room(2).put((byte) section.kind().code).put((byte) section.name().length());
        put(section.name().getBytes(StandardCharsets.US_ASCII));
        room(Long.BYTES).putLong(section.count());
    }

    private void putArray(Object array) {
        if (array instanceof byte[] bytes) {
            put(bytes);
        } else if (array instanceof int[] ints) {
            for (int value : ints) {
                room(Integer.BYTES).putInt(value);
            }
        } else if (array instanceof long[] longs) {
            for (long value : longs) {
                room(Long.BYTES).putLong(value);
            }
        } else if (array instanceof float[] floats) {
            for (float value : floats) {
                room(Float.BYTES).putFloat(value);
            }
        } else if (array instanceof double[] doubles) {
            for (double value : doubles) {
                room(Double.BYTES).putDouble(value);
            }
        }
    }

    private void put(byte[] bytes) {
        flush();
        digest.update(bytes);
        file.write(bytes, 0, bytes.length);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.array(), 0, buffer.position());
        file.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
