package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.ledger.Bill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps jobs on the heap: all of them, until it is thrown away. Other objects and other processes see nothing of them. */
final class InMemoryCheckpointStore implements CheckpointStore {
    private final Path directory;
    private final Map<String, InMemoryJob> jobs = new ConcurrentHashMap<>();
    private final Map<AnswerKey, Outcome> answers = new ConcurrentHashMap<>();
    private int created;
    private volatile boolean closed;

    InMemoryCheckpointStore(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public synchronized JobRecord create(JobPlan plan) {
        Objects.requireNonNull(plan, "plan");
        requireOpen();
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 10);
        InMemoryJob job =
                new InMemoryJob(++created, id, plan, Instant.now(), newFolder(id), answers, this::requireOpen);
        jobs.put(id, job);
        return job.record();
    }

    @Override
    public synchronized Optional<JobRecord> createUnlessThere(JobPlan plan) {
        boolean there = jobs().stream().anyMatch(job -> job.plan().isFor(plan.name(), plan.input(), plan.output()));
        return there ? Optional.empty() : Optional.of(create(plan));
    }

    @Override
    public List<JobRecord> jobs() {
        requireOpen();
        return jobs.values().stream()
                .sorted(Comparator.comparingInt(InMemoryJob::number).reversed())
                .map(InMemoryJob::record)
                .toList();
    }

    @Override
    public Optional<JobRecord> find(String jobId) {
        requireOpen();
        return Optional.ofNullable(jobs.get(jobId)).map(InMemoryJob::record);
    }

    @Override
    public Tally tally(String jobId) {
        requireOpen();
        return job(jobId).tally();
    }

    @Override
    public Counts counts(String jobId) {
        requireOpen();
        return job(jobId).counts();
    }

    @Override
    public Bill bill(String jobId) {
        requireOpen();
        return job(jobId).ledger().bill();
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        requireOpen();
        return known(answers, keys);
    }

    static Map<AnswerKey, Outcome> known(Map<AnswerKey, Outcome> answers, Collection<AnswerKey> keys) {
        Map<AnswerKey, Outcome> known = new HashMap<>();
        for (AnswerKey key : keys) {
            Outcome answer = answers.get(key);
            if (answer != null) {
                known.put(key, answer);
            }
        }
        return known;
    }

    @Override
    public JobLease acquire(String jobId, Holder holder) {
        Objects.requireNonNull(holder, "holder");
        requireOpen();
        return job(jobId).acquire(holder);
    }

    @Override
    public JobRows rows(String jobId) {
        requireOpen();
        return new InMemoryRows(job(jobId), () -> {
            requireOpen();
            job(jobId);
        });
    }

    @Override
    public synchronized void delete(String jobId) {
        requireOpen();
        InMemoryJob job = job(jobId);
        job.end();
        jobs.remove(jobId);
        removeFolder(job.record().directory());
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Takes the lock away from whoever holds it, as a file system that loses locks would. For tests of fencing. */
    void dropLock(String jobId) {
        job(jobId).dropLock();
    }

    private InMemoryJob job(String jobId) {
        InMemoryJob job = jobs.get(jobId);
        if (job == null) {
            throw new IllegalArgumentException("there is no job " + jobId);
        }
        return job;
    }

    private Path newFolder(String id) {
        Path folder = directory.resolve("jobs").resolve(id);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException("folder " + folder + " cannot be created: " + e, e);
        }
    }

    private static void removeFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StorageException("folder " + folder + " cannot be removed: " + e, e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the checkpoint store is closed");
        }
    }
}
