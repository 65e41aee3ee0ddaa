package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at files, and remembers what the last looks have brought; the same is looked at once. Thread-safe. */
final class Inspections {
    private static final int MOST = 24;
    private static final Pattern LINE = Pattern.compile("\\bline (\\d{1,3}(?:,\\d{3})+|\\d{1,12})");

    private final Map<Key, FutureTask<Inspected>> looks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FutureTask<Inspected>> eldest) {
            return size() > MOST;
        }
    };

    /** A file at one moment, and a way of reading it. */
    private record Key(Path path, long bytes, long modified, Reading reading, List<String> text) {}

    /**
     * What is in a file.
     *
     * @param shown what a person calls it
     * @param text names of the text columns, as far as they are chosen
     */
    Inspected look(Path path, String shown, Reading reading, List<String> text) {
        Inspected plain = look(key(path, reading, List.of()), shown);
        if (text.isEmpty() || takes(plain, text)) {
            return plain;
        }
        Inspected named = look(key(path, reading, text), shown);
        return named instanceof Inspected.Found ? guessed(named, plain) : plain;
    }

    /** A choice is no reason to guess it. */
    private static Inspected guessed(Inspected named, Inspected plain) {
        return named instanceof Inspected.Found found && plain instanceof Inspected.Found first
                ? new Inspected.Found(found.inspection(), first.guesses())
                : named;
    }

    private Inspected look(Key key, String shown) {
        FutureTask<Inspected> task;
        synchronized (looks) {
            task = looks.computeIfAbsent(key, k -> new FutureTask<>(() -> inspect(k, shown)));
        }
        task.run();
        return result(key, task);
    }

    /** What is known without looking. */
    Optional<Inspected> known(Path path, Reading reading, List<String> text) {
        Optional<Inspected> plain = known(key(path, reading, List.of()));
        if (text.isEmpty() || plain.filter(found -> takes(found, text)).isPresent()) {
            return plain;
        }
        return known(key(path, reading, text))
                .filter(Inspected.Found.class::isInstance)
                .map(named -> plain.map(p -> guessed(named, p)).orElse(named))
                .or(() -> plain);
    }

    private static boolean takes(Inspected inspected, List<String> text) {
        return inspected instanceof Inspected.Found found && found.takes(text);
    }

    private Optional<Inspected> known(Key key) {
        FutureTask<Inspected> task;
        synchronized (looks) {
            task = looks.get(key);
        }
        return task == null || !task.isDone() ? Optional.empty() : Optional.of(result(key, task));
    }

    private Inspected result(Key key, FutureTask<Inspected> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            forget(key);
            if (e.getCause() instanceof PigeonholeException known) {
                throw known;
            }
            throw new IllegalStateException("a look at a file has failed", e.getCause());
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a file was looked at", e);
        }
    }

    private void forget(Key key) {
        synchronized (looks) {
            looks.remove(key);
        }
    }

    private static Inspected inspect(Key key, String shown) {
        try {
            CsvInspection inspection =
                    key.reading.of(key.path).textColumns(key.text).inspect();
            return new Inspected.Found(inspection, Guesses.of(inspection));
        } catch (InputException | ConfigurationException e) {
            // The latter: read in this way, the file has no column of a name that was chosen.
            return new Inspected.Unreadable(problem(PageWords.of(e.getMessage(), key.path, shown)));
        }
    }

    private static Problem problem(String detail) {
        Matcher line = LINE.matcher(detail);
        return new Problem(
                ProblemType.CSV_UNREADABLE,
                detail,
                line.find() ? Map.of("line", Long.parseLong(line.group(1).replace(",", ""))) : Map.of());
    }

    private static Key key(Path path, Reading reading, List<String> text) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile()) {
                throw new StorageException("the input of this draft is no file any more; upload it again", null);
            }
            return new Key(path, file.size(), file.lastModifiedTime().toMillis(), reading, List.copyOf(text));
        } catch (IOException e) {
            throw new StorageException(
                    "the input of this draft is not there any more; upload it again, or put it back", e);
        }
    }
}
