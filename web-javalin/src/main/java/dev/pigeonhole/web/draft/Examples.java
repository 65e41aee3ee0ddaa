package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Texts of jobs that become examples, in a draft like the job: of each job at most one is made for it. Thread-safe. */
final class Examples {
    private final Drafts drafts;
    private final Function<JobRecord, Draft> like;
    private final Map<String, Lock> locks = new ConcurrentHashMap<>();

    /** @param like makes a draft like a job */
    Examples(Drafts drafts, Function<JobRecord, Draft> like) {
        this.drafts = drafts;
        this.like = like;
    }

    /**
     * Adds a text to the categories of the draft.
     *
     * @throws ProblemException there is no such category; then no draft is made
     */
    Draft add(JobRecord job, String category, String text) {
        String id = draftLike(job, category).id();
        String example = TrialAnswers.cut(text, CategoryList.MOST_EXAMPLE);
        return drafts.change(
                id,
                "",
                draft -> draft.withCategories(draft.categories()
                        .plusExample(category, example)
                        .orElseThrow(() -> noCategory(
                                category,
                                draft.categories().categories().stream()
                                        .map(each -> each.name())
                                        .toList()))));
    }

    private Draft draftLike(JobRecord job, String category) {
        Lock lock = locks.computeIfAbsent(job.id(), id -> new ReentrantLock());
        lock.lock();
        try {
            return drafts.open().stream()
                    .filter(draft -> draft.like().equals(job.id()))
                    .findFirst()
                    .orElseGet(() -> make(job, category));
        } finally {
            lock.unlock();
        }
    }

    private Draft make(JobRecord job, String category) {
        List<String> names = job.plan().categories();
        if (!names.contains(category)) {
            throw noCategory(category, names);
        }
        return like.apply(job);
    }

    private static ProblemException noCategory(String category, List<String> names) {
        Fields errors = Fields.of(Map.of());
        errors.wrong(
                "category",
                "there is no category \"" + ColumnNames.clip(category) + "\"",
                Suggestion.nearest(category, names).orElse(""));
        return errors.problem(ProblemType.CATEGORIES_WRONG);
    }

    /** The job is gone. */
    void forget(String job) {
        locks.remove(job);
    }
}
