package dev.pigeonhole.llm.lane;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a job's submissions: {@code submission-00001.json} says how far one got, {@code submission-00001.jsonl} holds its
 * requests until it is over. Not thread-safe. Failures are {@link StorageException}.
 */
public final class LaneFolder {
    private static final Pattern NAME = Pattern.compile("submission-(\\d{5,9})\\.(json|jsonl|tmp)");

    private final Disk disk;
    private final Path folder;

    /** @param folder need not exist */
    public LaneFolder(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** Whether there ever was a submission. */
    public boolean isUsed() {
        return Files.isDirectory(folder);
    }

    /** All submissions in the order of their numbers; what was not finished before a sudden end is removed. */
    public List<Submission> load() {
        if (!isUsed()) {
            return List.of();
        }
        try {
            List<Submission> submissions = new ArrayList<>();
            for (Path file : files(".json")) {
                submissions.add(SubmissionJson.read(Files.readString(file), file));
            }
            submissions.sort(Comparator.comparingInt(Submission::number));
            removeStrays(submissions);
            return submissions;
        } catch (IOException e) {
            throw failure("cannot read " + folder, e);
        }
    }

    private void removeStrays(List<Submission> submissions) throws IOException {
        Set<Path> wanted = new HashSet<>();
        submissions.stream()
                .filter(Submission::isOpen)
                .forEach(submission -> wanted.add(requests(submission.number())));
        for (Path file : files(".jsonl")) {
            if (!wanted.contains(file)) {
                disk.delete(file);
            }
        }
        for (Path file : files(".tmp")) {
            disk.delete(file);
        }
    }

    private List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && ending.equals("." + name.group(2))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Makes durable how far a submission got. */
    public void save(Submission submission) {
        Path file = file(submission.number(), "json");
        try (DurableFile state = DurableFile.create(disk, file, file(submission.number(), "tmp"))) {
            byte[] json = SubmissionJson.write(submission).getBytes(StandardCharsets.UTF_8);
            state.write(json, 0, json.length);
            state.seal();
            state.publish();
        }
    }

    /** Where the requests of a submission are. */
    public Path requests(int number) {
        return file(number, "jsonl");
    }

    /** Whether the requests of a submission are still there. */
    public boolean hasRequests(int number) {
        return Files.isRegularFile(requests(number));
    }

    /** Begins the file of requests of a submission. */
    public RequestFile create(int number) {
        Path file = requests(number);
        try {
            return new RequestFile(file, disk.create(file));
        } catch (IOException e) {
            throw failure("cannot write " + file, e);
        }
    }

    /** Removes the file of requests; one that is not there is none. */
    public void deleteRequests(int number) {
        Path file = requests(number);
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw failure("cannot remove " + file, e);
        }
    }

    private Path file(int number, String ending) {
        return folder.resolve(String.format(Locale.ROOT, "submission-%05d.%s", number, ending));
    }

    static StorageException failure(String what, IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new StorageException(
                what + ": " + why + ". What was done so far is kept; free space or fix the folder, then resume the job",
                e);
    }
}
