package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.file.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** A disk that refuses a file of one name as long as it is told to. Thread-safe. */
final class ForgetfulDisk implements Disk {
    private final Disk disk = Disk.real();
    private volatile String refused = "";

    /** @param name of files that cannot be made from now on; empty for none */
    void refuse(String name) {
        refused = name;
    }

    @Override
    public Output create(Path file) throws IOException {
        if (file.getFileName().toString().equals(refused)) {
            throw new IOException("No space left on device");
        }
        return disk.create(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void wipe(Path directory) throws IOException {
        disk.wipe(directory);
    }
}
