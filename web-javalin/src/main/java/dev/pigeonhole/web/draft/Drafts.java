package dev.pigeonhole.web.draft;

import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drafts of a workspace, on disk; changes of one draft happen one after the other. Thread-safe; one process changes them at a
 * time.
 */
final class Drafts {
    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
    private static final String FILE = "draft.json";

    private final DraftFolders folders;
    private final DraftJson json;
    private final Clock clock;
    private final Supplier<String> ids;
    private final LostJobs lost;
    private final Map<String, Lock> locks = new ConcurrentHashMap<>();

    Drafts(DraftFolders folders, Json json, Clock clock, Supplier<String> ids, LostJobs lost) {
        this.folders = folders;
        this.json = new DraftJson(json);
        this.clock = clock;
        this.ids = ids;
        this.lost = lost;
    }

    /** @param fill what the draft is to hold from the beginning; its folder is there by then */
    Draft create(UnaryOperator<Draft> fill) {
        String id = ids.get();
        folders.make(id);
        boolean done = false;
        try {
            Draft draft = save(fill.apply(Draft.empty(id, clock.instant())));
            done = true;
            return draft;
        } finally {
            if (!done) {
                folders.remove(id);
            }
        }
    }

    /**
     * The draft of this id.
     *
     * @throws ProblemException there is none
     */
    Draft get(String id) {
        Draft draft = read(id);
        return lost.isDoubtful(id) ? locked(id, settled -> settled) : draft;
    }

    private Draft read(String id) {
        return find(id).orElseThrow(() -> new ProblemException(
                Problem.of(ProblemType.NOT_FOUND, "there is no such draft; it may have been deleted")));
    }

    Optional<Draft> find(String id) {
        return folders.isThere(id) ? folders.read(id, FILE).map(text -> read(id, text)) : Optional.empty();
    }

    private Draft read(String id, String text) {
        try {
            return json.read(text);
        } catch (RuntimeException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.UNEXPECTED,
                            "draft " + id
                                    + " cannot be read: its file is damaged or of another version; delete the draft"),
                    e);
        }
    }

    /** Those that did not become a job, the newest first. */
    List<Draft> open() {
        return folders.ids().stream()
                .flatMap(id -> readable(id).stream())
                .filter(draft -> !draft.isJob())
                .map(draft -> lost.isDoubtful(draft.id()) ? get(draft.id()) : draft)
                .filter(draft -> !draft.isJob())
                .sorted(Comparator.comparing(Draft::created)
                        .thenComparing(Draft::id)
                        .reversed())
                .toList();
    }

    /** Whether there is a file of it, be it damaged. */
    boolean isKept(String id) {
        return folders.read(id, FILE).isPresent();
    }

    /** One that is damaged must not hide the others. */
    Optional<Draft> readable(String id) {
        try {
            return find(id);
        } catch (ProblemException e) {
            LOG.warn("draft={} left out: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Changes a draft.
     *
     * @param ifMatch the tag that the client saw; empty if it does not say
     * @throws ProblemException there is no such draft, it was changed meanwhile, or it is a job already
     */
    Draft change(String id, String ifMatch, UnaryOperator<Draft> change) {
        return locked(id, draft -> {
            requireOpen(draft);
            requireSame(draft, ifMatch);
            Draft next = change.apply(draft);
            if (next.equals(draft)) {
                return draft;
            }
            Draft saved = save(next);
            forgetFile(draft, saved);
            return saved;
        });
    }

    /** An upload that was replaced. */
    private void forgetFile(Draft before, Draft after) {
        DraftFile old = before.file();
        DraftFile now = after.file();
        if (old != null
                && !old.stored().isEmpty()
                && (now == null || !old.stored().equals(now.stored()))) {
            folders.delete(before.id(), old.stored());
        }
    }

    /** Keeps a draft in a state of which the caller knows that it is right, in {@link #locked}. */
    Draft save(Draft draft) {
        Draft next = draft.numbered(draft.revision() + 1, clock.instant());
        folders.write(next.id(), FILE, json.write(next));
        return next;
    }

    /** Does something with a draft while nobody else changes it. */
    <T> T locked(String id, Function<Draft, T> work) {
        Draft seen = read(id); // So that ids that somebody makes up leave nothing behind.
        Lock lock = locks.computeIfAbsent(seen.id(), key -> new ReentrantLock());
        lock.lock();
        try {
            Draft now = read(id);
            return work.apply(lost.isDoubtful(id) ? settled(now) : now);
        } finally {
            lock.unlock();
        }
    }

    /** The same draft, as the job that it has become without knowing; in {@link #locked}. Reads all jobs. */
    Draft settled(Draft draft) {
        if (draft.isJob()) {
            lost.settled(draft.id());
            return draft;
        }
        Draft settled = lost.of(draft.id())
                .map(job -> save(draft.withJob(job.id(), "")))
                .orElse(draft);
        if (settled.isJob()) {
            lost.foundAgain(settled.job());
        }
        lost.settled(draft.id());
        return settled;
    }

    void remove(String id) {
        folders.remove(id);
        lost.settled(id);
        locks.remove(id);
    }

    static void requireOpen(Draft draft) {
        if (draft.isJob()) {
            throw new ProblemException(Problem.of(
                    ProblemType.DRAFT_CONFLICT,
                    "this draft has become job " + draft.job() + ", so it stays as it is; begin another like it"));
        }
    }

    private static void requireSame(Draft draft, String ifMatch) {
        String tag = ifMatch.strip().replaceFirst("^W/", "");
        if (!tag.isEmpty() && !tag.equals("*") && !tag.equals(draft.etag())) {
            throw new ProblemException(Problem.of(
                    ProblemType.STALE_EDIT,
                    "the draft was changed meanwhile, perhaps in another tab; load it again, then change it"));
        }
    }
}
