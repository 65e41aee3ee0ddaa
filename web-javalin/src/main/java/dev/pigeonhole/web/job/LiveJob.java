package dev.pigeonhole.web.job;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.JobListener;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.workspace.Eta;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaneWords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A job as this process knows it, and who tells of it. Thread-safe. What it tells is in one order, and never goes back: all of it is
 * told under its lock, from memory.
 */
final class LiveJob implements JobListener {
    static final String CANCELLED = "stopped on the web page";
    /** These two are known to the page, which has texts of its own for them. */
    static final String STOPPED = "the server was stopped";

    static final String WAITED = "waited for its turn when the server was stopped";

    /** Between two progress events. */
    static final Duration BETWEEN_PROGRESS = Duration.ofMillis(250);
    /** Of the events of single rows and batches that are told between two progress events: the counters hold the rest. */
    private static final int MOST_DETAILS = 5;
    /** How old the numbers of a job that runs may be, besides those that the engine tells. */
    private static final Duration LEAST_FRESH = Duration.ofSeconds(1);
    /** Of the time, looking into a job that runs takes no more than one part of so many. */
    private static final int LOOK_SHARE = 10;
    /** What was told of a job that has come to rest can be replayed for so long. */
    private static final Duration LONGEST_REPLAY = Duration.ofMinutes(10);

    private final Clock clock;
    private final Json json;
    private final JobFeed feed;

    private JobRecord job;
    private Optional<JobOptions> options;
    /** How it is to be run next; taken over when the run has begun. */
    private Optional<JobOptions> asked;

    private Figures figures = Figures.NONE;
    private long reviews = -1;
    private Instant looked = Instant.EPOCH;
    private Duration fresh = LEAST_FRESH;
    private long version;

    private Phase phase = Phase.IDLE;
    private Optional<PigeonholeException> error = Optional.empty();

    private @Nullable Job running;
    private @Nullable Stop stop;
    private @Nullable Progress progress;
    private @Nullable Waiting wait;
    private Eta.Left left = new Eta.Left.Nothing();
    private Eta eta = new Eta(1);
    private JobSeries series = new JobSeries();

    private Instant updated;
    private Instant toldProgress = Instant.EPOCH;
    private boolean hasNews;
    private int details;

    /** What was asked of a run. */
    enum Stop {
        PAUSE,
        SHUTDOWN,
        CANCEL
    }

    LiveJob(JobRecord job, Optional<JobOptions> options, Clock clock, Json json) {
        this.job = job;
        this.options = options;
        this.asked = options;
        this.clock = clock;
        this.json = json;
        this.feed = new JobFeed(clock.millis());
        this.updated = job.holder().map(Holder::since).orElse(job.created());
    }

    String id() {
        return job.id();
    }

    synchronized Moment moment() {
        boolean runs = phase == Phase.RUNNING || phase == Phase.PAUSING;
        boolean waits = wait != null && wait.until().isAfter(clock.instant());
        return new Moment(
                job,
                options,
                phase,
                error,
                figures,
                runs ? Optional.ofNullable(progress) : Optional.empty(),
                runs ? left : new Eta.Left.Nothing(),
                runs ? series.rate() : OptionalDouble.empty(),
                runs && waits ? Optional.ofNullable(wait) : Optional.empty(),
                options.flatMap(JobOptions::cap),
                updated);
    }

    synchronized Map<String, @Nullable Object> view() {
        return JobView.of(moment(), feed.seq());
    }

    /** How it stands by numbers that are quick to get; see {@link Figures#quick}. */
    synchronized Map<String, @Nullable Object> glance(JobRecord now, Figures quick) {
        Moment moment = moment();
        return JobView.of(moment.with(phase == Phase.IDLE ? now : job, quick), feed.seq());
    }

    synchronized Phase phase() {
        return phase;
    }

    /** Rates or costs over the time of the run that is under way, or was the last one here. */
    synchronized List<List<Double>> series(boolean ofCost) {
        return ofCost ? series.costs() : series.rates();
    }

    // ---- who listens

    boolean isWatched() {
        return feed.isWatched();
    }

    /** Begins to listen; see {@link JobFeed#subscribe}. */
    synchronized Subscriber subscribe(OptionalLong after) {
        if (feed.latest() == null) {
            tell("state", "");
        }
        return feed.subscribe(after);
    }

    /** Frees memory if nobody has cared for a while; whoever comes back later is told how the job stands. */
    synchronized void rest() {
        if (phase == Phase.IDLE
                && !feed.isWatched()
                && Duration.between(updated, clock.instant()).compareTo(LONGEST_REPLAY) > 0) {
            feed.forget();
        }
    }

    void close() {
        feed.close();
    }

    private void tell(String name, String more) {
        Moment moment = moment();
        feed.publish(name, seq -> json.write(JobView.of(moment, seq)), more);
    }

    private void tell(String name) {
        updated = clock.instant();
        tell(name, "");
    }

    // ---- what the desk does with it

    synchronized void queued(JobOptions asItWillRun) {
        asked = Optional.of(asItWillRun);
        to(Phase.QUEUED);
        error = Optional.empty();
        stop = null;
        tell("state");
    }

    /** It has left the queue. */
    synchronized void withdrawn() {
        to(Phase.IDLE);
        tell("state");
    }

    /** Its state was changed while nobody worked on it. */
    synchronized void changed(JobRecord now) {
        job = now;
        error = Optional.empty();
        to(Phase.IDLE);
        tell("state");
    }

    synchronized void begins() {
        to(Phase.RUNNING);
        progress = null;
        wait = null;
        left = new Eta.Left.Nothing();
        eta = new Eta(asked.map(JobOptions::subBatchSize).orElse(1));
        series = new JobSeries();
        tell("state");
    }

    /** The job that is about to run; it may have been asked to stop before. */
    synchronized void runs(Job core) {
        running = core;
        stopIfAsked();
    }

    /** Asks the run to stop; asking twice does no harm, and giving up wins. */
    synchronized void stop(Stop what) {
        if (stop != Stop.CANCEL) {
            stop = what;
        }
        if (phase == Phase.RUNNING) {
            to(Phase.PAUSING);
            tell("state");
        }
        stopIfAsked();
    }

    private void stopIfAsked() {
        if (running != null && stop != null) {
            switch (stop) {
                case PAUSE -> running.pause("paused on the web page");
                case SHUTDOWN -> running.pause(STOPPED);
                case CANCEL -> running.cancel(CANCELLED);
            }
        }
    }

    private void to(Phase next) {
        phase = next;
        version++;
    }

    /** The run is over. */
    synchronized void ended(JobRecord after, Figures then, long newestReview, Optional<PigeonholeException> why) {
        running = null;
        stop = null;
        to(Phase.IDLE);
        error = why;
        job = after;
        figures = then;
        reviews = newestReview;
        looked = clock.instant();
        tell("state");
        tell("end");
    }

    // ---- what the engine tells

    @Override
    public synchronized void on(JobEvent event) {
        if (event instanceof JobEvent.Started started) {
            job = started.job();
            options = asked;
            tell("state");
        } else if (event instanceof JobEvent.Advanced advanced) {
            advanced(advanced.progress());
        } else if (event instanceof JobEvent.RowFailed failed) {
            detail("failure", ",\"failure\":" + json.write(failure(failed)));
        } else if (event instanceof JobEvent.BatchPublished) {
            detail("batch", "");
        } else if (event instanceof JobEvent.Retrying retrying) {
            wait = new Waiting(retrying.cause(), clock.instant().plus(retrying.delay()));
            hasNews = true;
        } else if (event instanceof JobEvent.Waiting under) {
            notice(LaneWords.of(under.status()));
        } else if (event instanceof JobEvent.Notice notice) {
            notice(notice.message());
        }
    }

    private void notice(String message) {
        updated = clock.instant();
        tell("notice", ",\"notice\":" + json.write(message));
    }

    private void advanced(Progress now) {
        progress = now;
        left = eta.left(now);
        series.add(now);
        hasNews = true;
        tick();
    }

    private void detail(String name, String more) {
        hasNews = true;
        if (details < MOST_DETAILS) {
            details++;
            updated = clock.instant();
            tell(name, more);
        }
    }

    private static Map<String, Object> failure(JobEvent.RowFailed failed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("row", failed.row());
        map.put("cause", failed.cause().name());
        map.put("message", failed.message());
        return map;
    }

    /** Tells how far it is, if there is something to tell and not too often. */
    synchronized void tick() {
        Instant now = clock.instant();
        if (Duration.between(toldProgress, now).compareTo(BETWEEN_PROGRESS) >= 0) {
            details = 0;
            if (hasNews && phase != Phase.IDLE) {
                toldProgress = now;
                hasNews = false;
                tell("progress");
            }
        }
    }

    // ---- what the store says

    /** Grows whenever this process does something else with the job: what was read from the store before is old then. */
    synchronized long version() {
        return version;
    }

    /** Whether the store has nothing to say that is worth looking it up. */
    synchronized boolean knows(JobRecord now, long newestReview) {
        boolean atRest = phase == Phase.IDLE && now.state() != JobState.RUNNING;
        boolean young = Duration.between(looked, clock.instant()).compareTo(fresh) < 0;
        boolean sameJob = phase != Phase.IDLE || now.equals(job);
        return reviews == newestReview && sameJob && (atRest || young);
    }

    /**
     * The store was looked into. Tells it if somebody may want to know.
     *
     * @param asOf the version before
     * @param took how long it took to look
     */
    synchronized void seen(JobRecord now, Figures then, long newestReview, long asOf, Duration took) {
        if (asOf != version) {
            return;
        }
        boolean same = reviews == newestReview && figures.equals(then) && (phase != Phase.IDLE || now.equals(job));
        boolean sameState = now.state() == job.state() && now.reason().equals(job.reason());
        looked = clock.instant();
        fresh = took.multipliedBy(LOOK_SHARE).compareTo(LEAST_FRESH) > 0 ? took.multipliedBy(LOOK_SHARE) : LEAST_FRESH;
        figures = then;
        reviews = newestReview;
        if (phase == Phase.IDLE) {
            job = now;
        }
        if (!same && phase == Phase.IDLE && feed.latest() != null) {
            tell(sameState ? "progress" : "state");
        } else {
            hasNews |= !same;
        }
    }
}
