package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the job that a request means, if it is there already. */
final class JobFinder {
    private final CheckpointStore store;

    JobFinder(CheckpointStore store) {
        this.store = store;
    }

    JobRecord byId(String id) {
        return store.find(id)
                .orElseThrow(() -> new ConfigurationException("there is no job " + id + " in this workspace"));
    }

    /** The newest job for the same input and output, and of the same name if one is given. */
    Optional<JobRecord> same(String name, Path input, Path output) {
        return store.jobs().stream()
                .filter(job -> job.plan().isFor(name, input, output))
                .findFirst();
    }
}
