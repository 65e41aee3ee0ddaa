package dev.pigeonhole.llm;

import dev.pigeonhole.llm.lane.Submission;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands submissions over to the provider, a step at a time; each is durable before the next. A batch is made only if it is certain
 * that none was made before: after an answer that was lost, the provider's list is searched several times. Not thread-safe.
 */
final class Handover {
    /** With growing intervals between them: lists may show a new batch late. By default two and a half minutes. */
    static final int SEARCHES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(BatchLane.class);

    private final LaneDesk desk;

    Handover(LaneDesk desk) {
        this.desk = desk;
    }

    /** Uploads the file with the requests. */
    void upload(UnderWay under) {
        Submission submission = under.submission();
        desk.requireHeld();
        String file = desk.model().upload(desk.folder().requests(submission.number()));
        under.uploadedNow = true;
        save(under, submission.uploaded(file));
    }

    /** Makes the batch, which was never tried before. */
    void createFirst(UnderWay under) {
        save(under, under.submission().at(Submission.Stage.CREATING));
        under.mayBeMade = false;
        create(under);
    }

    /** Whether the batch was made after all; then it is known from now on. */
    boolean isFound(UnderWay under) {
        Optional<BatchState> found = desk.model().find(desk.metadata(under.submission()));
        found.ifPresent(state -> made(under, state));
        if (found.isEmpty()) {
            under.searches++;
        }
        return found.isPresent();
    }

    /** Whether it was searched for often enough. */
    boolean isSurelyMissing(UnderWay under) {
        return under.searches >= (under.mayBeMade ? SEARCHES : 1);
    }

    /** Makes the batch; to be called only if it is certain that there is none. */
    void create(UnderWay under) {
        desk.requireHeld();
        Submission submission = under.submission();
        under.searches = 0;
        try {
            made(under, desk.model().create(submission.fileId(), desk.metadata(submission)));
        } catch (ChatFailedException e) {
            under.mayBeMade = under.mayBeMade || !isCertainlyNotMade(e.kind());
            throw e;
        }
    }

    private static boolean isCertainlyNotMade(ChatFailedException.Kind kind) {
        return kind == ChatFailedException.Kind.RATE_LIMIT || kind == ChatFailedException.Kind.UNREACHABLE;
    }

    private void made(UnderWay under, BatchState state) {
        Submission submission = under.submission();
        under.sees(state);
        under.searches = 0;
        save(under, submission.created(state.id()));
        under.waits(desk.now());
        LOG.info(
                "batch created job={} submission={} batch={} requests={} rows={}",
                desk.jobId(),
                submission.number(),
                state.id(),
                submission.requests(),
                submission.rows());
    }

    /** Durable first. */
    void save(UnderWay under, Submission next) {
        desk.folder().save(next);
        Instant now = desk.now();
        under.becomes(next, now);
    }
}
