package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs that were made of drafts that do not know it: the draft could not be saved, or the process ended between the two. Such a draft
 * must become its job before anything else is done with it: whoever removed it would remove the files of the job. Thread-safe.
 */
final class LostJobs {
    private final CheckpointStore store;
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    LostJobs(CheckpointStore store) {
        this.store = store;
    }

    /** From now on the draft is looked at again before anything is done with it. */
    void doubt(String draft) {
        doubtful.add(draft);
    }

    boolean isDoubtful(String draft) {
        return doubtful.contains(draft);
    }

    /** Draft and job know each other, or there is no job. */
    void settled(String draft) {
        doubtful.remove(draft);
    }

    /** The job of a draft; reads all jobs. */
    Optional<JobRecord> of(String draft) {
        return store.jobs().stream()
                .filter(job -> draft.equals(job.plan().launch().get(Likeness.DRAFT)))
                .findFirst();
    }

    /** The draft knows its job again; nobody has let that run yet. */
    void foundAgain(String job) {
        found.add(job);
    }

    boolean waits(String job) {
        return found.contains(job);
    }

    /** It was seen to that it runs. */
    void goesOn(String job) {
        found.remove(job);
    }
}
