package dev.pigeonhole.core.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real disk as the harshest file system would leave it when the power goes: what was not forced is there, or not, or in part,
 * or is something else; each name that was not forced is what it was at any moment since, each for itself, so that a move may have
 * happened in one folder only; a folder whose name was not forced may be gone with all that is in it. Files that it never touched
 * count as durable. Thread-safe.
 */
public final class SimulatedDisk extends RealDisk {
    /** What the disk says it did and did not do. */
    public enum Lie {
        NONE,
        FORCED_FILE,
        FORCED_FOLDER
    }

    private final Random random;
    private final Runnable step;
    private final Lie lie;
    /** What each name may be after a cut: first what it surely was at the last force, last what it is now. */
    private final Map<Path, List<Content>> names = new TreeMap<>();
    /** Folders whose own name was not forced. */
    private final TreeSet<Path> looseFolders = new TreeSet<>();

    /** @param step called before each operation, and once within each write; throws if the power is off */
    public SimulatedDisk(Random random, Runnable step, Lie lie) {
        this.random = random;
        this.step = step;
        this.lie = lie;
    }

    /** Bytes of a file: those that were forced, and those written since. */
    private static final class Content {
        /** Stands for no file. */
        static final Content NONE = new Content(new byte[0]);

        private byte[] forced;
        private final List<byte[]> loose = new ArrayList<>();

        Content(byte[] forced) {
            this.forced = forced;
        }

        void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            loose.add(copy);
        }

        void force() {
            forced = all();
            loose.clear();
        }

        byte[] all() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(forced);
            loose.forEach(all::writeBytes);
            return all.toByteArray();
        }
    }

    private void step() throws IOException {
        try {
            step.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    // ---- what is done

    @Override
    public synchronized Output create(Path file) throws IOException {
        step();
        Path path = file.toAbsolutePath();
        noteFolders(path.getParent());
        note(path, Content.NONE);
        Output output = super.create(path);
        Content content = new Content(new byte[0]);
        note(path, content);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                synchronized (SimulatedDisk.this) {
                    step();
                    int end = bytes.limit();
                    bytes.limit(bytes.position() + bytes.remaining() / 2);
                    append(bytes);
                    step(); // So that a run can end in the middle of a write.
                    bytes.limit(end);
                    append(bytes);
                }
            }

            private void append(ByteBuffer bytes) throws IOException {
                content.write(bytes);
                output.write(bytes);
            }

            @Override
            public void force() throws IOException {
                synchronized (SimulatedDisk.this) {
                    step();
                    if (lie != Lie.FORCED_FILE) {
                        content.force();
                    }
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        step();
        Path source = from.toAbsolutePath();
        Path target = to.toAbsolutePath();
        noteFolders(target.getParent());
        Content content = now(source);
        note(target, content);
        note(source, Content.NONE);
        super.move(source, target);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        step();
        if (lie == Lie.FORCED_FOLDER) {
            return;
        }
        Path folder = directory.toAbsolutePath();
        looseFolders.removeIf(name -> folder.equals(name.getParent()));
        names.forEach((name, history) -> {
            if (folder.equals(name.getParent())) {
                history.subList(0, history.size() - 1).clear();
            }
        });
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        step();
        note(file.toAbsolutePath(), Content.NONE);
        super.delete(file);
    }

    @Override
    public synchronized void wipe(Path directory) throws IOException {
        step();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.toAbsolutePath())) {
                for (Path file : files) {
                    note(file, Content.NONE);
                }
            }
        }
        super.wipe(directory);
    }

    private void noteFolders(@Nullable Path folder) {
        if (folder != null && !Files.isDirectory(folder)) {
            noteFolders(folder.getParent());
            looseFolders.add(folder);
        }
    }

    private void note(Path path, Content content) throws IOException {
        Content before = now(path);
        List<Content> history = names.computeIfAbsent(path, p -> new ArrayList<>(List.of(before)));
        if (before != content) {
            history.add(content);
        }
    }

    private Content now(Path path) throws IOException {
        List<Content> history = names.get(path);
        if (history != null) {
            return history.get(history.size() - 1);
        }
        return Files.isRegularFile(path) ? new Content(Files.readAllBytes(path)) : Content.NONE;
    }

    // ---- what is left

    /** Makes the files what a power cut would leave. From then on this is what they are. */
    public synchronized void cutPower() throws IOException {
        loseFolders();
        Map<Content, byte[]> left = new IdentityHashMap<>();
        for (Map.Entry<Path, List<Content>> name : names.entrySet()) {
            List<Content> history = name.getValue();
            Content content = history.get(random.nextInt(history.size()));
            history.clear();
            history.add(content);
            Files.deleteIfExists(name.getKey());
            if (content != Content.NONE) {
                byte[] bytes = Objects.requireNonNull(left.computeIfAbsent(content, this::remains));
                Files.write(name.getKey(), bytes);
            }
        }
        left.forEach((content, bytes) -> {
            content.forced = bytes;
            content.loose.clear();
        });
    }

    private void loseFolders() throws IOException {
        for (Path folder : looseFolders) {
            if (Files.isDirectory(folder) && random.nextBoolean()) {
                names.keySet().removeIf(name -> name.startsWith(folder));
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
        looseFolders.clear();
    }

    /** The size may have grown before the data, and each write may be there without the ones before it. */
    private byte[] remains(Content content) {
        byte[] bytes = content.all();
        int from = content.forced.length;
        switch (random.nextInt(5)) {
            case 0 -> bytes = content.forced.clone();
            case 1 -> bytes = Arrays.copyOf(bytes, from + random.nextInt(bytes.length - from + 1));
            case 2 -> Arrays.fill(bytes, from, bytes.length, (byte) 0);
            case 3 -> loseSomeWrites(bytes, content);
            default -> {}
        }
        return bytes;
    }

    private void loseSomeWrites(byte[] bytes, Content content) {
        int at = content.forced.length;
        for (byte[] write : content.loose) {
            if (random.nextBoolean()) {
                byte[] garbage = new byte[write.length];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, at, garbage.length);
            }
            at += write.length;
        }
    }
}
