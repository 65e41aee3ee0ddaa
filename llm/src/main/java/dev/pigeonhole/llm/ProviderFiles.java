package dev.pigeonhole.llm;

import dev.pigeonhole.llm.lane.Submission;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies at the provider costs nothing, but it is the user's data: removed as well as it can be done now. Stateless. */
final class ProviderFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLane.class);

    private final LaneDesk desk;

    ProviderFiles(LaneDesk desk) {
        this.desk = desk;
    }

    /** Removes what belongs to a batch. */
    void deleteAllOf(UnderWay under) {
        Submission submission = under.submission();
        delete(submission.fileId());
        Optional<BatchState> state = under.state().or(() -> seenAgain(submission));
        state.flatMap(BatchState::outputFile).ifPresent(this::delete);
        state.flatMap(BatchState::errorFile).ifPresent(this::delete);
    }

    private Optional<BatchState> seenAgain(Submission submission) {
        try {
            return Optional.of(desk.model().retrieve(submission.batchId()));
        } catch (ChatFailedException | ChatRefusedException e) {
            LOG.warn(
                    "files stay at the provider job={} batch={}: {}",
                    desk.jobId(),
                    submission.batchId(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Removes a file; an empty id stands for none. */
    void delete(String fileId) {
        if (fileId.isEmpty()) {
            return;
        }
        try {
            desk.model().delete(fileId);
        } catch (ChatFailedException | ChatRefusedException e) {
            LOG.warn("file stays at the provider job={} file={}: {}", desk.jobId(), fileId, e.getMessage());
        }
    }
}
