package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The file as bytes: can it be opened, what is in it. Stateless. */
final class InputFile {
    private InputFile() {}

    /** Opens a file that can be read again from any place; refuses folders, pipes and what may not be read. */
    static SeekableByteChannel open(Path path) {
        if (!Files.exists(path)) {
            throw new InputException("input file " + path + " does not exist; check the path");
        }
        if (Files.isDirectory(path)) {
            throw new InputException(path + " is a folder; expected a CSV file, name the file inside it");
        }
        if (!Files.isRegularFile(path)) {
            throw new InputException(path + " is not an ordinary file, and a pipe or device cannot be read twice;"
                    + " save its content as a file and name that");
        }
        if (!Files.isReadable(path)) {
            throw new InputException(
                    path + " may not be read by this user; change its permissions (for example chmod u+r)");
        }
        try {
            return Files.newByteChannel(path);
        } catch (IOException e) {
            throw new InputException(
                    path + " cannot be opened (" + Messages.cause(e) + "); check the path and its permissions", e);
        }
    }

    static String sha256(Path path) {
        try (SeekableByteChannel channel = open(path)) {
            return Digest.sha256(channel);
        } catch (IOException e) {
            throw Messages.unreadable(path, e);
        }
    }

    /** The first bytes, fewer than asked for only if the file is shorter. */
    static byte[] head(Path path, int bytes) {
        try (SeekableByteChannel channel = open(path)) {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(bytes, Math.max(1, channel.size())));
            int read = 0;
            while (head.hasRemaining() && read >= 0) {
                read = channel.read(head);
            }
            return Arrays.copyOf(head.array(), head.position());
        } catch (IOException e) {
            throw Messages.unreadable(path, e);
        }
    }
}
