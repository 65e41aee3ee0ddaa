package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The real disk; tells the name of each step before and after it, such as {@code after move batch-00001.csv}. */
final class SteppingDisk implements Disk {
    private final Disk disk = Disk.real();
    private final Consumer<String> step;

    SteppingDisk(Consumer<String> step) {
        this.step = step;
    }

    private interface Operation {
        void run() throws IOException;
    }

    private void step(String what, Path file, Operation operation) throws IOException {
        String name = what + " " + file.getFileName();
        step.accept("before " + name);
        operation.run();
        step.accept("after " + name);
    }

    @Override
    public Output create(Path file) throws IOException {
        step.accept("before create " + file.getFileName());
        Output output = disk.create(file);
        step.accept("after create " + file.getFileName());
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                int end = bytes.limit();
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                output.write(bytes);
                bytes.limit(end);
                step("write", file, () -> output.write(bytes));
            }

            @Override
            public void force() throws IOException {
                step("force", file, output::force);
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step("move", to, () -> disk.move(from, to));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step("force folder", directory, () -> disk.forceDirectory(directory));
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete", file, () -> disk.delete(file));
    }

    @Override
    public void wipe(Path directory) throws IOException {
        step("wipe", directory, () -> disk.wipe(directory));
    }
}
