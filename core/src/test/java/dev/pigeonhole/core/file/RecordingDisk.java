package dev.pigeonhole.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real disk; remembers what was done, and lets operations of one name fail. */
final class RecordingDisk implements Disk {
    private final Disk disk = Disk.real();
    private final String failing;
    final List<String> operations = new ArrayList<>();

    RecordingDisk(String failing) {
        this.failing = failing;
    }

    private void operation(String name) throws IOException {
        if (operations.isEmpty() || !operations.get(operations.size() - 1).equals(name)) {
            operations.add(name);
        }
        if (name.equals(failing)) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        operation("create");
        Output output = disk.create(file);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                operation("write");
                output.write(bytes);
            }

            @Override
            public void force() throws IOException {
                operation("force");
                output.force();
            }

            @Override
            public void close() throws IOException {
                output.close();
                operation("close");
            }
        };
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        operation("move");
        disk.move(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        operation("forceDirectory " + directory.getFileName());
        disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        operation("delete");
        disk.delete(file);
    }

    @Override
    public void wipe(Path directory) throws IOException {
        operation("wipe");
        disk.wipe(directory);
    }
}
