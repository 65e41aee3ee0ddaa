package dev.pigeonhole.llm.lane;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Requests that go to a provider together, and how far they got. Immutable; each step is durable before the next is taken.
 *
 * @param number within the job, from 1
 * @param token a random word that only this submission has; by it the provider's list is searched
 * @param stage how far it got
 * @param fileId the provider's id of the file with the requests; empty before {@link Stage#UPLOADED}
 * @param batchId the provider's id of the batch; empty before {@link Stage#CREATED}
 * @param begun when its first question came
 * @param calls of the job's ledger, one for each request
 * @param rows how many rows are asked about
 * @param firstRow the least of them
 * @param lastRow the greatest of them
 */
public record Submission(
        int number,
        String token,
        Stage stage,
        String fileId,
        String batchId,
        Instant begun,
        List<CallRange> calls,
        long rows,
        long firstRow,
        long lastRow) {
    /** How far a submission got. */
    public enum Stage {
        /** Its calls are in the ledger, its requests on disk. Nobody has been told of it. */
        PREPARED,
        /** The provider has the file. */
        UPLOADED,
        /** The batch may have been made: the provider's list says whether it was. */
        CREATING,
        /** The provider works on it, or has done so. */
        CREATED,
        /** All that came of it is in the ledger; files are left at the provider. */
        FETCHED,
        /** Nothing is left to do. */
        DONE
    }

    public Submission {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(fileId, "fileId");
        Objects.requireNonNull(batchId, "batchId");
        Objects.requireNonNull(begun, "begun");
        calls = List.copyOf(calls);
        if (number < 1 || calls.isEmpty()) {
            throw new IllegalArgumentException("submission " + number + " of " + calls.size() + " ranges of calls");
        }
    }

    /** How many requests there are. */
    public long requests() {
        return calls.stream().mapToLong(CallRange::count).sum();
    }

    /** Whether the call is one of its requests. */
    public boolean holds(long call) {
        return calls.stream().anyMatch(range -> range.holds(call));
    }

    /** Whether its requests have no end yet in the ledger. */
    public boolean isOpen() {
        return stage.compareTo(Stage.FETCHED) < 0;
    }

    public Submission at(Stage next) {
        return with(token, next, fileId, batchId);
    }

    public Submission uploaded(String id) {
        return with(token, Stage.UPLOADED, id, "");
    }

    public Submission created(String id) {
        return with(token, Stage.CREATED, fileId, id);
    }

    /** To be handed over once more, as another batch: the one before came to nothing. */
    public Submission afresh(String newToken) {
        return with(newToken, Stage.PREPARED, "", "");
    }

    private Submission with(String itsToken, Stage itsStage, String file, String batch) {
        return new Submission(number, itsToken, itsStage, file, batch, begun, calls, rows, firstRow, lastRow);
    }
}
