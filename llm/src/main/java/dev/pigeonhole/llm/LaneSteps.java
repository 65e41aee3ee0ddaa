package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Lane.Delivery;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.llm.lane.Intervals;
import dev.pigeonhole.llm.lane.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads submissions from one stage to the next, as far as each can go now. Not thread-safe. */
final class LaneSteps {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLane.class);

    /** Downloads of a batch that may break off before what came is taken for all. */
    private static final int MOST_BROKEN_READS = 8;
    /** Looks at a batch that is over, counts answers, and names no file with them. */
    private static final int MOST_WAITS_FOR_FILES = 5;
    /** For a batch of which the provider does not say when it gives up; longer than any of them takes. */
    private static final Duration LONGEST = Duration.ofDays(3);

    private final LaneDesk desk;
    private final LaneCollector collector;
    private final Intervals intervals;
    private final Consumer<String> warnings;
    private final Handover handover;
    private final List<UnderWay> open = new ArrayList<>();
    private final List<Submission> fetched = new ArrayList<>();
    private int mostAtOnce = Integer.MAX_VALUE;
    private final LaneOutage outage;
    private final ProviderFiles files;

    LaneSteps(LaneDesk desk, LaneCollector collector, Intervals intervals, Consumer<String> warnings) {
        this.desk = desk;
        this.collector = collector;
        this.intervals = intervals;
        this.warnings = warnings;
        this.handover = new Handover(desk);
        this.outage = new LaneOutage(intervals, warnings);
        this.files = new ProviderFiles(desk);
    }

    /** One that this run has made. */
    void add(Submission submission) {
        open.add(new UnderWay(submission, false, intervals, desk.now()));
    }

    /** One that an earlier run has left. */
    void takeUp(Submission submission) {
        open.add(new UnderWay(submission, true, intervals, desk.now()));
    }

    boolean areDone() {
        return open.isEmpty();
    }

    /** When the next of them is to be looked at. */
    Instant due() {
        return open.stream().map(UnderWay::due).min(Instant::compareTo).orElse(desk.now());
    }

    LaneStatus status(int pending, Optional<Instant> deadline) {
        long questions = pending;
        long answered = 0;
        long rows = 0;
        int submissions = 0;
        for (UnderWay under : open) {
            if (under.submission().isOpen()) {
                submissions++;
                questions += under.submission().requests();
                answered += under.answered();
                rows += under.submission().rows();
            }
        }
        return new LaneStatus(submissions, questions, answered, rows, deadline);
    }

    /** Takes the submission that was added last as far as it goes without waiting. Trouble shows when it is its turn again. */
    void handOver() {
        UnderWay under = open.get(open.size() - 1);
        Submission.Stage before;
        do {
            before = under.stage();
            step(under, false);
        } while (under.stage() != before && under.stage() != Submission.Stage.CREATED);
    }

    /**
     * Goes through all that are due, once each, until answers of one have come.
     *
     * @param isOver whether the lane's time is over: what is under way is ended
     */
    Optional<Delivery.Arrived> next(boolean isOver) {
        for (UnderWay under : List.copyOf(open)) {
            if (isOver) {
                under.hurries(desk.now());
            }
            Optional<Delivery.Arrived> arrived = asFarAsItGoes(under, isOver);
            if (arrived.isPresent()) {
                return arrived;
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery.Arrived> asFarAsItGoes(UnderWay under, boolean isOver) {
        while (open.contains(under) && under.isDue(desk.now())) {
            Optional<Delivery.Arrived> arrived = step(under, isOver);
            if (arrived.isPresent()) {
                return arrived;
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery.Arrived> step(UnderWay under, boolean isOver) {
        try {
            Optional<Delivery.Arrived> arrived = stepped(under, isOver);
            outage.ends();
            return arrived;
        } catch (ChatFailedException e) {
            unreachable(under, e);
            return Optional.empty();
        } catch (ChatRefusedException e) {
            if (!LaneTroubles.concernsAll(e)) {
                LOG.warn("batch refused job={} submission={} reason={}", desk.jobId(), number(under), e.getMessage());
            }
            throw LaneTroubles.paused(e);
        }
    }

    private Optional<Delivery.Arrived> stepped(UnderWay under, boolean isOver) {
        if (under.isUnsure() && handover.isFound(under)) {
            return Optional.empty();
        }
        return switch (under.stage()) {
            case PREPARED -> isOver || !desk.folder().hasRequests(number(under)) ? withdraw(under) : upload(under);
            case UPLOADED -> isOver ? withdraw(under) : create(under);
            case CREATING -> isOver ? createdOrWithdrawn(under) : createAgain(under);
            case CREATED -> look(under, isOver);
            case FETCHED, DONE -> finish(under);
        };
    }

    private void unreachable(UnderWay under, ChatFailedException e) {
        Instant now = desk.now();
        outage.goesOn(now, e);
        under.waits(now, e.retryAfter().orElse(Duration.ZERO));
        LOG.warn(
                "batch waits job={} submission={} stage={} reason={}",
                desk.jobId(),
                number(under),
                under.stage(),
                e.getMessage());
        if (outage.isTooLong(now)) {
            throw Refusals.translated(e);
        }
    }

    private static int number(UnderWay under) {
        return under.submission().number();
    }

    // ---- on the way there

    private Optional<Delivery.Arrived> upload(UnderWay under) {
        try {
            handover.upload(under);
        } catch (ChatRefusedException e) {
            throw refused(under, e);
        }
        return Optional.empty();
    }

    private Optional<Delivery.Arrived> create(UnderWay under) {
        long created = open.stream()
                .filter(other ->
                        other.stage() == Submission.Stage.CREATED || other.stage() == Submission.Stage.CREATING)
                .count();
        if (created >= mostAtOnce) {
            under.waits(desk.now());
            return Optional.empty();
        }
        if (under.ofEarlierRun && desk.open(under.submission()).isEmpty()) {
            return withdraw(under); // The ledger knows better: all of it has ended.
        }
        try {
            handover.createFirst(under);
        } catch (ChatRefusedException e) {
            refusedToCreate(under, e);
        }
        return Optional.empty();
    }

    private Optional<Delivery.Arrived> createAgain(UnderWay under) {
        if (handover.isFound(under)) {
            return Optional.empty();
        }
        if (!handover.isSurelyMissing(under)) {
            under.waits(desk.now());
            return Optional.empty();
        }
        try {
            handover.create(under);
        } catch (ChatRefusedException e) {
            refusedToCreate(under, e);
        }
        return Optional.empty();
    }

    /** A file that was uploaded by an earlier run may be gone; then it is uploaded again. */
    private void refusedToCreate(UnderWay under, ChatRefusedException e) {
        if (under.uploadedNow || LaneTroubles.concernsAll(e)) {
            throw refused(under, e);
        }
        startAfresh(under);
    }

    private void startAfresh(UnderWay under) {
        files.delete(under.submission().fileId());
        handover.save(under, under.submission().afresh(desk.tools().tokens().get()));
        under.searches = 0;
        under.cancelAsked = false;
    }

    /** Nothing was made of it: its rows are free again. Only what concerns all leaves it as it is, for the next run. */
    private ChatRefusedException refused(UnderWay under, ChatRefusedException e) {
        if (!LaneTroubles.concernsAll(e)) {
            withdraw(under);
        }
        return e;
    }

    private Optional<Delivery.Arrived> createdOrWithdrawn(UnderWay under) {
        if (handover.isFound(under)) {
            return Optional.empty();
        }
        if (handover.isSurelyMissing(under)) {
            return withdraw(under);
        }
        under.waits(desk.now());
        return Optional.empty();
    }

    /** The provider has nothing of it that could cost. */
    private Optional<Delivery.Arrived> withdraw(UnderWay under) {
        SortedMap<Long, CallIntent> calls = desk.open(under.submission());
        desk.unbilled(calls.keySet());
        desk.rows().withdrawn(LaneDesk.rowsOf(calls.values()));
        desk.money().end(calls.values(), Money.ZERO);
        files.delete(under.submission().fileId());
        return over(under);
    }

    // ---- on the way back

    private Optional<Delivery.Arrived> look(UnderWay under, boolean isOver) {
        Optional<BatchState> seen = isOver && !under.cancelAsked ? cancel(under) : retrieve(under);
        if (seen.isEmpty()) {
            return ++under.searches < Handover.SEARCHES ? later(under) : giveUp(under);
        }
        under.searches = 0;
        BatchState state = seen.get();
        under.sees(state);
        if (!state.status().isOver()) {
            return underWay(under, state);
        }
        if (state.status() == BatchState.Status.FAILED && state.completed() == 0) {
            return failed(under, state);
        }
        if (state.completed() > 0 && state.outputFile().isEmpty() && under.waitsForFiles++ < MOST_WAITS_FOR_FILES) {
            return later(under);
        }
        return fetch(under, state);
    }

    /** Requests that are counted were accepted; their file is not needed any more. */
    private Optional<Delivery.Arrived> underWay(UnderWay under, BatchState state) {
        if (state.requests() > 0) {
            desk.folder().deleteRequests(number(under));
        }
        return isLost(under, state) ? giveUp(under) : later(under);
    }

    private Optional<Delivery.Arrived> later(UnderWay under) {
        under.waits(desk.now());
        return Optional.empty();
    }

    /** One that has ended meanwhile cannot be cancelled, and need not be. */
    private Optional<BatchState> cancel(UnderWay under) {
        try {
            BatchState state = desk.model().cancel(under.submission().batchId());
            under.cancelAsked = true;
            return Optional.of(state);
        } catch (ChatRefusedException e) {
            if (LaneTroubles.concernsAll(e)) {
                throw e;
            }
            under.cancelAsked = true;
            return retrieve(under);
        }
    }

    /** Empty if the provider knows nothing of it. */
    private Optional<BatchState> retrieve(UnderWay under) {
        try {
            return Optional.of(desk.model().retrieve(under.submission().batchId()));
        } catch (ChatRefusedException e) {
            if (LaneTroubles.concernsAll(e)) {
                throw e;
            }
            return desk.model().find(desk.metadata(under.submission()));
        }
    }

    private boolean isLost(UnderWay under, BatchState state) {
        Instant end = state.expires().orElse(under.submission().begun().plus(LONGEST));
        return desk.now().isAfter(end.plus(intervals.patience()));
    }

    /** What it costs is not known: its calls stay open, and what was set aside for them counts as spent. */
    private Optional<Delivery.Arrived> giveUp(UnderWay under) {
        SortedMap<Long, CallIntent> calls = desk.open(under.submission());
        desk.rows().ended(LaneDesk.rowsOf(calls.values()));
        desk.money().keep(calls.values());
        warnings.accept("batch " + under.submission().batchId() + " with " + calls.size()
                + " requests is lost at the provider, and may be billed; its rows are asked about without a batch");
        return over(under);
    }

    private Optional<Delivery.Arrived> failed(UnderWay under, BatchState state) {
        LOG.warn("batch failed job={} batch={} reason={}", desk.jobId(), state.id(), state.errors());
        if (!LaneTroubles.areTooManyTokens(state.errors())) {
            withdraw(under);
            throw LaneTroubles.failed(state);
        }
        long others = open.stream()
                .filter(other -> other != under && other.stage() == Submission.Stage.CREATED)
                .count();
        if (others > 0) {
            mostAtOnce = (int) others;
            startAfresh(under);
            return later(under);
        }
        boolean smaller = collector.halve(under.submission().requests());
        Optional<Delivery.Arrived> arrived = withdraw(under);
        if (!smaller) {
            throw LaneTroubles.failed(state);
        }
        return arrived;
    }

    private Optional<Delivery.Arrived> fetch(UnderWay under, BatchState state) {
        Harvest harvest = new Harvest(desk, under.submission(), state);
        try {
            harvest.read();
        } catch (ChatFailedException e) {
            if (!e.kind().mayBeBilled() || ++under.brokenReads < MOST_BROKEN_READS) {
                throw e;
            }
        }
        if (harvest.isDamaged() && ++under.brokenReads < MOST_BROKEN_READS) {
            return later(under);
        }
        harvest.endMissing();
        harvest.warning().ifPresent(warnings);
        LOG.info(
                "batch fetched job={} batch={} status={} requests={} answered={}",
                desk.jobId(),
                state.id(),
                state.status(),
                under.submission().requests(),
                harvest.answered());
        fetched.add(under.submission());
        handover.save(under, under.submission().at(Submission.Stage.FETCHED));
        return finish(under);
    }

    /** Whether the call was answered in this run. */
    boolean hasFetched(long call) {
        return fetched.stream().anyMatch(submission -> submission.holds(call));
    }

    private Optional<Delivery.Arrived> finish(UnderWay under) {
        if (under.stage() == Submission.Stage.FETCHED) {
            files.deleteAllOf(under);
        }
        return over(under);
    }

    private Optional<Delivery.Arrived> over(UnderWay under) {
        Submission submission = under.submission();
        handover.save(under, submission.at(Submission.Stage.DONE));
        desk.folder().deleteRequests(submission.number());
        open.remove(under);
        return Optional.of(new Delivery.Arrived(submission.firstRow(), submission.lastRow()));
    }
}
