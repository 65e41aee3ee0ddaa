package dev.pigeonhole.openai;

import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a batch as a form with two fields, sent from the disk piece by piece. Stateless. */
final class UploadBody {
    /**
     * Cannot stand in the file: it begins after a carriage return, and a line of JSON has none.
     */
    private static final String BOUNDARY = "pigeonhole-batch";

    private static final byte[] HEAD = ascii("--" + BOUNDARY + "\r\n"
            + "Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            + "--" + BOUNDARY + "\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"pigeonhole.jsonl\"\r\n"
            + "Content-Type: application/jsonl\r\n\r\n");

    private static final byte[] TAIL = ascii("\r\n--" + BOUNDARY + "--\r\n");

    private UploadBody() {}

    /** @throws StorageException the file cannot be read; also while it is sent */
    static OneShotBody of(Path file) {
        long length = length(file);
        return new OneShotBody("multipart/form-data; boundary=" + BOUNDARY, HEAD.length + length + TAIL.length, out -> {
            out.write(HEAD);
            copy(file, length, out);
            out.write(TAIL);
        });
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What the disk says is told from what the network says, which is an {@link IOException}. */
    private static void copy(Path file, long length, OutputStream out) throws IOException {
        byte[] block = new byte[1 << 16];
        long left = length;
        try (InputStream in = open(file)) {
            while (left > 0) {
                int count = read(in, block, (int) Math.min(block.length, left), file);
                out.write(block, 0, count);
                left -= count;
            }
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static int read(InputStream in, byte[] block, int most, Path file) {
        try {
            int count = in.read(block, 0, most);
            if (count < 0) {
                throw new StorageException("the file of a batch became shorter while it was sent: " + file, null);
            }
            return count;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static StorageException unreadable(Path file, IOException e) {
        return new StorageException("the file of a batch cannot be read: " + file + ": " + e.getMessage(), e);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
