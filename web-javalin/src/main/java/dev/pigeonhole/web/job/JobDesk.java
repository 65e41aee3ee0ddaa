package dev.pigeonhole.web.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.quality.JobEvaluation;
import dev.pigeonhole.quality.RankedShortlist;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.TrialFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs for the web page, a few at a time, and knows how all jobs of a workspace stand, those of other processes too.
 * Thread-safe. What is durable is in the store; a desk that is closed, or whose process ends, loses no row and no answer.
 *
 * <p>Methods that take an id throw {@link ProblemException} if there is no such job, or if it does not allow what is asked.
 */
public final class JobDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);
    /** A job of usual size is compared with its column within it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path workspace;
    private final CheckpointStore store;
    private final Clock clock;
    private final Json json;
    private final RunCheck check;
    private final DeskLimits limits;
    private final JobWork work;
    private final JobQueue queue;
    private final ConcurrentMap<String, LiveJob> jobs = new ConcurrentHashMap<>();
    private final DeskWatch watch;
    private final SearchIndexes indexes;
    private final Evaluations evaluations;

    /**
     * Opens a desk.
     *
     * @param store closed by whoever opened it, after the desk
     * @param baseUrls addresses of language models that jobs may be taken up with, besides the usual one
     */
    public JobDesk(
            Path workspace, CheckpointStore store, Clock clock, DeskLimits limits, List<String> baseUrls, Json json) {
        this.workspace = workspace;
        this.check = new RunCheck(baseUrls);
        this.store = store;
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.work = new JobWork(workspace, store, clock);
        this.queue = new JobQueue(limits, this::run);
        this.indexes = new SearchIndexes(store);
        this.evaluations = new Evaluations(store, this::judge, PATIENCE);
        this.watch = new DeskWatch(jobs.values(), this::refresh);
    }

    // ---- running

    /**
     * Makes a job and lets it wait for its turn.
     *
     * @param name may be empty
     * @param extraLaunch kept with the job besides the options; no secrets
     * @return its id
     * @throws ProblemException too many jobs wait already
     * @throws PigeonholeException the job cannot be made; see {@link dev.pigeonhole.core.job.Job#create}
     */
    public String begin(JobOptions options, String name, SortedMap<String, String> extraLaunch) {
        return begin(options, name, extraLaunch, id -> {});
    }

    /**
     * The same for somebody who has to remember the job before it can cost anything.
     *
     * @param made told the id of the job before it is let wait; if it throws, the job is there and does not run
     */
    public String begin(JobOptions options, String name, SortedMap<String, String> extraLaunch, Consumer<String> made) {
        queue.takePlace();
        LiveJob live;
        try {
            live = live(work.create(options, name, extraLaunch));
            made.accept(live.id());
        } finally {
            queue.leavePlace();
        }
        queue.add(new JobQueue.Turn(live, options, Purpose.RESUME));
        return live.id();
    }

    /**
     * Goes on with a job.
     *
     * @param maxCost another money cap than before
     */
    public void resume(String id, Optional<Money> maxCost) {
        LiveJob live = fresh(id);
        Moment moment = live.moment();
        if (moment.status() == Status.RUNNING || moment.status() == Status.QUEUED) {
            requireHere(moment);
            return;
        }
        require(moment, Action.RESUME);
        JobOptions options = moment.options().orElseThrow();
        check.requireAllowed(options);
        queue.add(new JobQueue.Turn(
                live, maxCost.map(cap -> check.capped(options, cap)).orElse(options), Purpose.RESUME));
    }

    /** Asks again about the failed rows that can succeed. */
    public void retry(String id) {
        again(id, Action.RETRY, Purpose.RETRY);
    }

    /** Writes what people said into the output. */
    public void publish(String id) {
        again(id, Action.PUBLISH, Purpose.PUBLISH);
    }

    private void again(String id, Action action, Purpose purpose) {
        LiveJob live = fresh(id);
        Moment moment = live.moment();
        require(moment, action);
        JobOptions options = moment.options().orElseThrow();
        if (purpose != Purpose.PUBLISH) {
            check.requireAllowed(options);
        }
        queue.add(new JobQueue.Turn(live, options, purpose));
    }

    /** Asks a job to stop; calls in flight are still recorded. */
    public void pause(String id) {
        LiveJob live = fresh(id);
        Moment moment = live.moment();
        boolean isSo = moment.status() == Status.PAUSED || moment.status() == Status.PAUSING;
        if (!isSo) {
            require(moment, Action.PAUSE);
            if (!queue.withdraw(live)) {
                live.stop(LiveJob.Stop.PAUSE);
            }
        }
    }

    /** Gives a job up. What is done is kept. */
    public void cancel(String id) {
        LiveJob live = fresh(id);
        Moment moment = live.moment();
        if (moment.reason().filter(reason -> reason == PauseReason.CANCELLED).isEmpty()) {
            require(moment, Action.CANCEL);
            if (!queue.setAside(live, () -> giveUp(live))) {
                live.stop(LiveJob.Stop.CANCEL);
            }
        }
    }

    private void giveUp(LiveJob live) {
        JobRecord now = work.putToRest(live.id(), PauseReason.CANCELLED, LiveJob.CANCELLED);
        live.changed(now);
        if (now.state().isFinished()) {
            throw conflict(fresh(live.id()).moment(), "another process has just brought it to its end");
        }
    }

    private static void requireHere(Moment moment) {
        if (moment.elsewhere()) {
            throw conflict(moment, "another process runs it");
        }
    }

    static void require(Moment moment, Action action) {
        if (!moment.allowed().actions().contains(action)) {
            throw conflict(
                    moment,
                    moment.elsewhere()
                            ? "another process runs it"
                            : "it is " + moment.status().text().replace('_', ' '));
        }
    }

    static ProblemException conflict(Moment moment, String why) {
        List<String> actions =
                moment.allowed().actions().stream().map(Action::text).toList();
        return new ProblemException(new Problem(
                ProblemType.JOB_STATE_CONFLICT,
                "the job does not allow this now: " + why + "; it allows: "
                        + (actions.isEmpty() ? "nothing" : String.join(", ", actions)),
                Map.of("allowedActions", actions)));
    }

    private Runnable run(JobQueue.Turn turn) {
        Optional<PigeonholeException> error = Optional.empty();
        try {
            work.run(turn.live(), turn.options(), turn.purpose());
        } catch (PigeonholeException e) {
            LOG.warn("job did not run to its end job={} message={}", turn.live().id(), e.getMessage());
            error = Optional.of(e);
        } catch (RuntimeException | Error e) {
            LOG.error("unexpected job={}", turn.live().id(), e);
            error = Optional.of(new ConfigurationException("something unexpected happened; error.log says more", e));
        }
        Optional<PigeonholeException> why = error;
        return () -> end(turn.live(), why);
    }

    /** A store that has failed may fail again: the job is told as over all the same. */
    private void end(LiveJob live, Optional<PigeonholeException> error) {
        Moment before = live.moment();
        try {
            JobRecord job = record(live.id());
            live.ended(job, Figures.read(store, job), newestReview(job.id()), error);
        } catch (RuntimeException e) {
            LOG.error("cannot be read after its run job={}", live.id(), e);
            live.ended(before.job(), before.figures(), -1, error);
        }
    }

    // ---- looking

    /** A job as {@code docs/api.md} shows it. */
    public Map<String, @Nullable Object> view(String id) {
        return fresh(id).view();
    }

    /** All jobs but trials, the newest first. */
    public List<Map<String, @Nullable Object>> views() {
        return store.jobs().stream()
                .filter(job -> !isTrial(job))
                .flatMap(job -> glance(job).stream())
                .toList();
    }

    /** A list must not wait until every row of every job was looked at. */
    private Optional<Map<String, @Nullable Object>> glance(JobRecord job) {
        try {
            LiveJob live = live(job);
            return Optional.of(
                    live.knows(job, newestReview(job.id()))
                            ? live.view()
                            : live.glance(job, Figures.quick(store, job)));
        } catch (IllegalArgumentException e) {
            LOG.debug("deleted while it was listed job={}", job.id(), gone(job.id(), e));
            return Optional.empty();
        }
    }

    /** What to say when the store says that there is no such job; throws what it said if there is one. */
    ProblemException gone(String id, IllegalArgumentException e) {
        if (find(id).isPresent()) {
            throw e;
        }
        forget(id);
        return noSuchJob();
    }

    /** Who watches a job that was deleted, by whomever, is told no more. */
    private void forget(String id) {
        LiveJob live = jobs.remove(id);
        if (live != null) {
            live.close();
        }
    }

    private <T> T whileThere(String id, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw gone(id, e);
        }
    }

    private static boolean isTrial(JobRecord job) {
        Path folder = job.plan().input().getParent();
        return folder != null && folder.endsWith(TrialFiles.FOLDER);
    }

    /** The job with what the store says of it now. */
    LiveJob fresh(String id) {
        LiveJob known = jobs.get(id);
        LiveJob live = known == null ? live(record(id)) : known;
        boolean there = whileThere(id, () -> refresh(live));
        if (!there) {
            throw noSuchJob();
        }
        return live;
    }

    JobRecord record(String id) {
        return find(id).orElseThrow(JobDesk::noSuchJob);
    }

    private static ProblemException noSuchJob() {
        return new ProblemException(
                Problem.of(ProblemType.NOT_FOUND, "there is no such job; it may have been deleted"));
    }

    private Optional<JobRecord> find(String id) {
        return id.matches("[a-z0-9]{1,40}") ? store.find(id) : Optional.empty();
    }

    /** How it was asked for; a problem if it was begun by another program. */
    static JobOptions options(JobRecord job) {
        return JobOptions.of(job.plan());
    }

    private LiveJob live(JobRecord job) {
        return jobs.computeIfAbsent(job.id(), id -> new LiveJob(job, taken(job), clock, json));
    }

    private static Optional<JobOptions> taken(JobRecord job) {
        try {
            return Optional.of(JobOptions.of(job.plan()));
        } catch (ConfigurationException e) {
            return Optional.empty(); // Of another program: it can be looked at, and no more.
        }
    }

    /**
     * Looks into the store. The version is looked at before the record: what changes in between makes it old.
     *
     * @return false if there is no such job any more
     */
    private boolean refresh(LiveJob live) {
        long version = live.version();
        Optional<JobRecord> job = find(live.id());
        job.ifPresentOrElse(now -> refresh(live, now, version), () -> forget(live.id()));
        return job.isPresent();
    }

    private void refresh(LiveJob live, JobRecord job, long version) {
        long newest = newestReview(job.id());
        if (!live.knows(job, newest)) {
            long begin = System.nanoTime();
            Figures figures = Figures.read(store, job);
            live.seen(job, figures, newest, version, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private long newestReview(String id) {
        return newestReview(store, id);
    }

    static long newestReview(CheckpointStore store, String id) {
        return store.rows(id).reviews(1).stream()
                .mapToLong(Review::number)
                .findFirst()
                .orElse(0);
    }

    // ---- deleting

    /**
     * Forgets a job; see {@link CheckpointStore#delete}.
     *
     * @param before told of the job when it is known that it can be deleted
     * @return the job that was
     */
    JobRecord delete(String id, Consumer<JobRecord> before) {
        LiveJob live = fresh(id);
        require(live.moment(), Action.DELETE);
        JobRecord job = record(id);
        if (!queue.setAside(live, () -> delete(live, job, before))) {
            throw conflict(live.moment(), "it runs");
        }
        return job;
    }

    private void delete(LiveJob live, JobRecord job, Consumer<JobRecord> before) {
        before.accept(job);
        indexes.forget(live.id());
        evaluations.forget(live.id());
        whileThere(live.id(), () -> {
            store.delete(live.id());
            return true;
        });
        forget(live.id());
    }

    Path workspace() {
        return workspace;
    }

    CheckpointStore store() {
        return store;
    }

    SearchIndexes indexes() {
        return indexes;
    }

    Evaluations evaluations() {
        return evaluations;
    }

    /** Its file is called what people call it: where it lies here is nobody's business. */
    private Map<String, @Nullable Object> judge(JobRecord job, String column) {
        JobOptions options = options(job);
        Optional<RankedShortlist> shortlist = RankedShortlist.sent(
                store, job, options.provider(), options.categories(), Providers.oracleOptions(options));
        Map<String, @Nullable Object> map =
                new LinkedHashMap<>(new JobEvaluation(store, job, options.source(), column, shortlist)
                        .evaluate()
                        .toMap());
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("job", job.id());
        of.put("file", live(job).moment().file());
        of.put("truth_column", column);
        map.put("of", of);
        return map;
    }

    DeskLimits limits() {
        return limits;
    }

    /** Pauses all jobs and ends all event streams. Waits for the calls in flight, which cost money, however long they take. */
    @Override
    public void close() {
        List<LiveJob> waited = queue.close();
        try {
            jobs.values().stream()
                    .filter(live -> live.phase() == Phase.RUNNING || live.phase() == Phase.PAUSING)
                    .forEach(live -> live.stop(LiveJob.Stop.SHUTDOWN));
            waited.forEach(this::putToRest);
            watch.close();
            indexes.close();
            evaluations.close();
        } finally {
            queue.awaitEnd();
        }
        jobs.values().forEach(LiveJob::close);
    }

    private void putToRest(LiveJob live) {
        try {
            live.changed(work.putToRest(live.id(), PauseReason.USER, LiveJob.WAITED));
        } catch (PigeonholeException | IllegalArgumentException e) {
            // Another process has it, or has deleted it; else it keeps the state that it had before it waited, and can
            // be resumed all the same.
            LOG.warn("cannot be told that it waited job={} message={}", live.id(), e.getMessage());
        }
    }
}
