package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One batch on its way, which goes on when somebody looks at it. Not thread-safe. */
final class LaneBatch {
    private static final long USUAL_LIMIT = 2_000_000;

    private final LaneParts parts;
    private final long number;
    private final String id;
    private final StoredFile input;
    private final String endpoint;
    private final Map<String, String> metadata;
    private final Instant created;
    private final Instant expires;
    private final Optional<FaultRule> rule;
    private final Map<BatchStatus, Instant> times = new EnumMap<>(BatchStatus.class);

    private BatchStatus status = BatchStatus.VALIDATING;
    private BatchStatus end = BatchStatus.COMPLETED;
    private BatchCheck.Found found = new BatchCheck.Found(List.of(), "", 0, 0);
    private @Nullable BatchWork work;
    private @Nullable StoredFile output;
    private @Nullable StoredFile errors;
    private int hiddenLists;
    private boolean told;

    /** @param number of the batch, counted from 1 */
    LaneBatch(
            LaneParts parts,
            long number,
            StoredFile input,
            String endpoint,
            Map<String, String> metadata,
            Duration window,
            Optional<FaultRule> rule) {
        this.parts = parts;
        this.number = number;
        this.id = "batch_" + Chance.name(parts.settings().seed(), number, "batch");
        this.input = input;
        this.endpoint = endpoint;
        this.metadata = Map.copyOf(metadata);
        this.created = parts.clock().now();
        this.expires = created.plus(window);
        this.rule = rule;
        this.hiddenLists = is(Fault.LISTED_LATE) ? rule.map(FaultRule::records).orElse(0) : 0;
    }

    private boolean is(Fault fault) {
        return rule.filter(found -> found.fault() == fault).isPresent();
    }

    String id() {
        return id;
    }

    BatchStatus status() {
        return status;
    }

    String model() {
        return found.model();
    }

    StoredFile input() {
        return input;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Tokens that are waiting; 0 if nobody counts them, or once it is over. */
    long enqueuedTokens() {
        return status == BatchStatus.VALIDATING || status.isOver() ? 0 : found.promptTokens();
    }

    /** Whether it is missing in an answer to a question for the list, if one is given now. */
    boolean hidesFromList() {
        return hiddenLists > 0 && hiddenLists-- > 0;
    }

    /** From now on all of its requests are due. */
    void finish() {
        told = true;
    }

    /** False if it is over already. */
    boolean cancel() {
        if (status.isOver()) {
            return false;
        }
        if (status != BatchStatus.CANCELLING) {
            move(BatchStatus.CANCELLING);
        }
        return true;
    }

    /**
     * Somebody looks.
     *
     * @param enqueued tokens of other batches, by model
     */
    void look(BatchSettings settings, Map<String, Long> enqueued) {
        BatchStatus before;
        do {
            before = status;
            switch (status) {
                case VALIDATING -> validate(settings, enqueued);
                case IN_PROGRESS -> goOn(settings);
                case FINALIZING, CANCELLING -> end();
                default -> {}
            }
        } while (status != before && !settings.eachStateSeen());
    }

    private void move(BatchStatus next) {
        status = next;
        times.put(next, parts.clock().now());
    }

    private void validate(BatchSettings settings, Map<String, Long> enqueued) {
        found = BatchCheck.check(
                input, endpoint, parts.json(), parts.clerk(), parts.settings().models(), settings);
        if (is(Fault.FAILS_VALIDATION)) {
            fail(new BatchCheck.Problem("invalid_json_line", "This line is not parseable as valid JSON.", 1, null));
        }
        long tokens = enqueued.getOrDefault(found.model(), 0L) + found.promptTokens();
        if (is(Fault.TOKEN_LIMIT) || (settings.enqueuedTokens() > 0 && tokens > settings.enqueuedTokens())) {
            fail(tooMany(settings.enqueuedTokens() == 0 ? USUAL_LIMIT : settings.enqueuedTokens()));
        }
        if (!found.problems().isEmpty()) {
            move(BatchStatus.FAILED);
            return;
        }
        work = new BatchWork(parts, number, input, found.requests(), rule);
        move(BatchStatus.IN_PROGRESS);
    }

    private void fail(BatchCheck.Problem problem) {
        List<BatchCheck.Problem> problems = found.problems().isEmpty() ? List.of(problem) : found.problems();
        found = new BatchCheck.Found(problems, found.model(), found.requests(), found.promptTokens());
    }

    private BatchCheck.Problem tooMany(long limit) {
        return new BatchCheck.Problem(
                "token_limit_exceeded",
                String.format(
                        "Enqueued token limit reached for %s in organization org-fake. Limit: %,d enqueued tokens."
                                + " Please try again once some in_progress batches have been completed.",
                        found.model(), limit),
                null,
                null);
    }

    private void goOn(BatchSettings settings) {
        if (work == null || is(Fault.NEVER_ENDS)) {
            return;
        }
        Instant now = parts.clock().now();
        boolean late = !told && !now.isBefore(expires);
        Duration age = Duration.between(created, late ? expires : now);
        work.workTo(told ? found.requests() : settings.due(age, found.requests()));
        if (work.isDone()) {
            end = is(Fault.EXPIRES)
                    ? BatchStatus.EXPIRED
                    : is(Fault.CANCELLED) ? BatchStatus.CANCELLED : BatchStatus.COMPLETED;
        } else if (late) {
            work.endWith(LaneWords.EXPIRED);
            end = BatchStatus.EXPIRED;
        } else {
            return;
        }
        if (end == BatchStatus.CANCELLED) {
            times.put(BatchStatus.CANCELLING, now);
        }
        move(BatchStatus.FINALIZING);
    }

    private void end() {
        if (status == BatchStatus.CANCELLING) {
            end = BatchStatus.CANCELLED;
        }
        if (work != null) {
            work.endWith(LaneWords.CANCELLED);
            work.close();
            output = file(work.output(), "batch_output", "_output.jsonl");
            errors = file(work.errors(), "batch_output", "_error.jsonl");
        }
        move(end);
    }

    private @Nullable StoredFile file(BatchLines lines, String purpose, String ending) {
        return lines.isEmpty() ? null : parts.shelf().add(id + ending, purpose, lines.end(), "", lines.receipt());
    }

    /** As it is told to the client. */
    ObjectNode words() {
        ObjectNode body = parts.json().createObjectNode();
        body.put("id", id).put("object", "batch").put("endpoint", endpoint);
        body.put("model", found.model().isEmpty() ? null : found.model());
        body.set(
                "errors",
                found.problems().isEmpty()
                        ? parts.json().nullNode()
                        : parts.words().errors(found.problems()));
        body.put("input_file_id", input.id())
                .put("completion_window", "24h")
                .put("status", status.word())
                .put("output_file_id", fileId(output))
                .put("error_file_id", fileId(errors))
                .put("created_at", created.getEpochSecond());
        time(body, BatchStatus.IN_PROGRESS);
        body.put("expires_at", expires.getEpochSecond());
        for (BatchStatus state : List.of(
                BatchStatus.FINALIZING,
                BatchStatus.COMPLETED,
                BatchStatus.FAILED,
                BatchStatus.EXPIRED,
                BatchStatus.CANCELLING,
                BatchStatus.CANCELLED)) {
            time(body, state);
        }
        counts(body);
        body.set(
                "metadata",
                metadata.isEmpty() ? parts.json().nullNode() : parts.json().valueToTree(metadata));
        return body;
    }

    private @Nullable String fileId(@Nullable StoredFile file) {
        return file == null ? is(Fault.EMPTY_FILE_ID) ? "" : null : file.id();
    }

    private void time(ObjectNode body, BatchStatus state) {
        Instant time = times.get(state);
        body.put(state.word() + "_at", time == null ? null : (Long) time.getEpochSecond());
    }

    private void counts(ObjectNode body) {
        body.putObject("request_counts")
                .put("total", work == null ? 0 : found.requests())
                .put("completed", work == null ? 0 : work.completed())
                .put("failed", work == null ? 0 : work.failed());
        body.set(
                "usage",
                work == null ? parts.json().nullNode() : parts.words().usage(work.promptTokens(), work.answerTokens()));
    }

    /** What became of it so far; how manieth it is of its kind is for the caller to know. */
    BatchAccount account(int sameInput, int sameMetadata) {
        return new BatchAccount(
                id,
                status.word(),
                metadata,
                input.id(),
                input.digest(),
                sameInput,
                sameMetadata,
                found.requests(),
                work == null ? 0 : work.billed(),
                work == null ? 0 : work.items(),
                work == null ? 0 : work.promptTokens(),
                work == null ? 0 : work.answerTokens());
    }
}
