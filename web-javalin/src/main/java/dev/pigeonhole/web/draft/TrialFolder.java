package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.workspace.TrialFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the page's trials in a workspace, and the jobs over them. Those of the command line are in the same folder, have other
 * names, and are left alone. Thread-safe.
 */
final class TrialFolder {
    static final String PREFIX = "trial-";

    private static final Logger LOG = LoggerFactory.getLogger(TrialFolder.class);
    /** The command line has the time in its names, with hyphens. */
    private static final Pattern NAME = Pattern.compile(PREFIX + "[a-z0-9]{16}");

    private static final Pattern FILE = Pattern.compile("(" + NAME + ")(\\.csv|-result\\.csv.*)");

    private final Path workspace;
    private final CheckpointStore store;

    TrialFolder(Path workspace, CheckpointStore store) {
        this.workspace = workspace;
        this.store = store;
    }

    private Path root() {
        return workspace.resolve(TrialFiles.FOLDER);
    }

    boolean isThere() {
        return Files.isDirectory(root(), LinkOption.NOFOLLOW_LINKS);
    }

    TrialFiles write(String name, List<CsvItem> rows) {
        return TrialFiles.write(workspace, name, rows);
    }

    /** What the files of a trial are called; empty if this is no job, or none of a trial of the page. */
    Optional<String> filesOf(String job) {
        return (job.matches("[a-z0-9]{1,40}") ? store.find(job) : Optional.<JobRecord>empty()).flatMap(this::filesOf);
    }

    private Optional<String> filesOf(JobRecord job) {
        Path input = job.plan().input();
        return RealPath.of(root()).equals(input.getParent()) ? nameIn(input) : Optional.empty();
    }

    private static Optional<String> nameIn(Path file) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Removes the files of a trial and its job, as far as they are there; the answers stay known. */
    void remove(String name) {
        remove(Set.of(name));
    }

    /** @param known names of trials that stay */
    void removeAllBut(Set<String> known) {
        Set<String> left = new HashSet<>();
        for (Path file : files()) {
            nameIn(file).ifPresent(left::add);
        }
        store.jobs().forEach(job -> filesOf(job).ifPresent(left::add));
        left.removeAll(known);
        if (!left.isEmpty()) {
            remove(left);
        }
    }

    /** The jobs first: without them the files are found again by their names. */
    private void remove(Set<String> names) {
        Set<String> gone = new HashSet<>(names);
        for (JobRecord job : store.jobs()) {
            filesOf(job).filter(gone::contains).filter(name -> !forgets(job)).ifPresent(gone::remove);
        }
        for (Path file : files()) {
            if (nameIn(file).filter(gone::contains).isPresent()) {
                delete(file);
            }
        }
    }

    private boolean forgets(JobRecord job) {
        try {
            store.delete(job.id());
            return true;
        } catch (JobLockedException e) {
            LOG.warn("the trial job={} is being run, so it stays: {}", job.id(), e.getMessage());
            return false;
        }
    }

    private List<Path> files() {
        if (!isThere()) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root(), PREFIX + "*")) {
            List<Path> all = new ArrayList<>();
            files.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw DraftFolders.failure("cannot read " + root(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DraftFolders.failure("cannot remove the rows of a trial", e);
        }
    }
}
