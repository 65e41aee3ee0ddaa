package dev.pigeonhole.llm;

import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.llm.lane.LaneFolder;
import dev.pigeonhole.llm.lane.LaneRows;
import dev.pigeonhole.llm.lane.Submission;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the parts of a lane share: the job's ledger, its folder, its rows and its money, and the names of its requests.
 *
 * @param jobId at most 40 characters
 */
record LaneDesk(
        String jobId,
        BatchModel model,
        CallLedger ledger,
        LaneFolder folder,
        LaneRows rows,
        LaneMoney money,
        LaneTools tools) {
    /** Calls that end in one transaction. */
    static final int GROUP = 500;

    Instant now() {
        return tools.clock().instant();
    }

    /** Comes back with the answer. */
    String customId(long call) {
        return jobId + "-" + call;
    }

    /** Empty if it is none of this job's. */
    OptionalLong call(String customId) {
        String start = jobId + "-";
        String number = customId.startsWith(start) ? customId.substring(start.length()) : "";
        return number.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
    }

    /** By these a batch is found again. */
    Map<String, String> metadata(Submission submission) {
        return Map.of(
                "pigeonhole_job", jobId,
                "pigeonhole_submission", Integer.toString(submission.number()),
                "pigeonhole_token", submission.token());
    }

    /** The calls of a submission that have no end yet. */
    SortedMap<Long, CallIntent> open(Submission submission) {
        SortedMap<Long, CallIntent> open = new TreeMap<>();
        ledger.forEachOpen((number, intent) -> {
            if (submission.holds(number)) {
                open.put(number, intent);
            }
        });
        return open;
    }

    void unbilled(Collection<Long> calls) {
        unbilled(ledger, calls);
    }

    /** Calls end without an answer and without a cost. */
    static void unbilled(CallLedger ledger, Collection<Long> calls) {
        SortedMap<Long, Optional<CallAnswer>> group = new TreeMap<>();
        for (long call : calls) {
            group.put(call, Optional.empty());
            if (group.size() == GROUP) {
                ledger.endAll(group);
                group.clear();
            }
        }
        if (!group.isEmpty()) {
            ledger.endAll(group);
        }
    }

    /** Fails if another process has taken the job over: it will submit what is left itself. */
    void requireHeld() {
        ledger.endAll(new TreeMap<>());
    }

    static List<Long> rowsOf(Collection<CallIntent> intents) {
        return intents.stream().flatMap(intent -> intent.rows().stream()).toList();
    }
}
