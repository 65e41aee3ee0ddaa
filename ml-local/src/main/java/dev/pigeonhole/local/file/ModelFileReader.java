package dev.pigeonhole.local.file;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file in one go, so that what is checked is what is used. Sizes are compared with the length of the file before anything
 * is allocated. Translates what can go wrong. Good for one file.
 */
final class ModelFileReader {
    private static final int DIGEST_BYTES = 32;
    private static final String WHAT_TO_DO = "; copy the file again from where it is whole, or train again";

    private final Path path;

    private ModelFileReader(Path path) {
        this.path = path;
    }

    /** @param keep whether the arrays are wanted, not only the card */
    static ModelFile.Loaded read(Path path, boolean keep) {
        return new ModelFileReader(path).open(keep);
    }

    private ModelFile.Loaded open(boolean keep) {
        if (Files.isDirectory(path)) {
            throw wrong("this is a folder; a file that train has written is expected", null);
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return read(channel, keep);
        } catch (NoSuchFileException e) {
            throw wrong("no such file; train makes one from a CSV file with labels", e);
        } catch (IOException e) {
            throw new StorageException("model file " + path + " cannot be read: " + reason(e), e);
        }
    }

    private ModelFile.Loaded read(FileChannel channel, boolean keep) throws IOException {
        CheckedInput input = new CheckedInput(channel);
        Head head = head(input, channel.size());
        try {
            Card card = Card.parse(text(input.bytes(head.cardBytes())));
            List<Section> table = table(head, input.bytes(head.tableBytes()));
            requireFilled(head, table);
            Map<String, Object> arrays = new LinkedHashMap<>();
            for (Section section : table) {
                if (keep) {
                    arrays.put(section.name(), input.array(section));
                } else {
                    input.skip(section.bytes());
                }
            }
            String sha256 = input.digest();
            if (!sha256.equals(input.storedDigest())) {
                throw damaged("its checksum is wrong", null);
            }
            return new ModelFile.Loaded(ModelFile.of(card, arrays), sha256);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw damaged("its parts do not fit together", e);
        }
    }

    private Head head(CheckedInput input, long size) throws IOException {
        byte[] bytes = input.bytes((int) Math.min(size, Head.BYTES));
        if (!Head.isMagic(Arrays.copyOf(bytes, Head.BYTES))) {
            throw wrong(
                    (size == 0 ? "it is empty" : "it does not begin as a model file does, so it is none or is damaged")
                            + "; a file that train has written is expected" + WHAT_TO_DO,
                    null);
        }
        if (size < Head.BYTES) {
            throw damaged("it has only " + size + " bytes", null);
        }
        if (!Head.isSound(bytes)) {
            throw damaged("the checksum of its first bytes is wrong", null);
        }
        Head head = Head.of(bytes);
        if (head.version() > ModelFile.VERSION) {
            throw wrong(
                    "it has version " + head.version() + " of the format, and this program reads versions up to "
                            + ModelFile.VERSION + "; use the newer program that wrote it, or train again",
                    null);
        }
        if (head.length() != size) {
            throw damaged(
                    "it should have " + head.length() + " bytes, and has " + size
                            + (size < head.length() ? ": it was cut short" : ""),
                    null);
        }
        long most = size - Head.BYTES - DIGEST_BYTES;
        if (head.version() < 1
                || head.cardBytes() < 0
                || head.tableBytes() < 0
                || (long) head.cardBytes() + head.tableBytes() > most) {
            throw damaged("its parts do not fit together", null);
        }
        return head;
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private static List<Section> table(Head head, byte[] bytes) {
        ByteBuffer table = CheckedInput.littleEndian(bytes);
        List<Section> sections = new ArrayList<>();
        while (table.remaining() >= 2) {
            int code = table.get();
            byte[] name = new byte[Byte.toUnsignedInt(table.get())];
            require(table.remaining() >= name.length + Long.BYTES);
            table.get(name);
            long count = table.getLong();
            require(count >= 0 && count <= Section.MOST);
            SectionKind kind = SectionKind.of(code).orElseThrow(IllegalArgumentException::new);
            sections.add(new Section(kind, new String(name, StandardCharsets.US_ASCII), (int) count));
        }
        require(!table.hasRemaining() && sections.size() == head.sections());
        require(sections.stream().map(Section::name).distinct().count() == sections.size());
        return sections;
    }

    /** The sections must take all the room that is left, and no more: then none is larger than the file. */
    private static void requireFilled(Head head, List<Section> table) {
        long left = head.length() - Head.BYTES - head.cardBytes() - head.tableBytes() - DIGEST_BYTES;
        for (Section section : table) {
            left -= section.bytes();
            require(left >= 0);
        }
        require(left == 0);
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("not as it was written");
        }
    }

    private ConfigurationException damaged(String how, @Nullable Throwable cause) {
        return wrong("it is damaged: " + how + WHAT_TO_DO, cause);
    }

    private ConfigurationException wrong(String problem, @Nullable Throwable cause) {
        return new ConfigurationException("model file " + path + ": " + problem, cause);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
