package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers that an earlier run has paid for and did not come to use: no more than were in flight when it ended. For one thread, the
 * reader.
 */
final class PaidAnswers {
    /**
     * An outcome that was paid for.
     *
     * @param attempts calls made about the row
     * @param finished the call, if this is the last of its outcomes
     */
    record Paid(Outcome outcome, int attempts, OptionalLong finished) {}

    private record Held(Outcome outcome, PaidCall call) {}

    private static final int NEAR = 1_000;

    private final Map<Long, Held> byRow = new HashMap<>();
    private final Map<Long, Integer> left = new HashMap<>();

    /** Reads them all again, the latest first, and marks those calls as settled that have nothing to say any more. */
    static PaidAnswers load(JobLease lease, Answers answers) {
        PaidAnswers paid = new PaidAnswers();
        List<Long> spent = new ArrayList<>();
        lease.ledger().forEachUnsettled(call -> {
            if (!paid.hold(call, unrecorded(lease, answers.read(call)))) {
                spent.add(call.number());
            }
        });
        if (!spent.isEmpty()) {
            lease.record(new Recording(List.of(), List.of(), spent));
        }
        return paid;
    }

    /** Looked up in one go where the rows of a call are near each other: through a lane come as many as the file has. */
    private static Map<Long, Outcome> unrecorded(JobLease lease, Map<Long, Outcome> outcomes) {
        TreeMap<Long, Outcome> left = new TreeMap<>(outcomes);
        if (left.isEmpty()) {
            return left;
        }
        long first = left.firstKey();
        long span = left.lastKey() - first + 1;
        if (span > NEAR) {
            left.keySet().removeIf(row -> lease.recorded(row, 1).get(0));
        } else {
            BitSet recorded = lease.recorded(first, (int) span);
            left.keySet().removeIf(row -> recorded.get((int) (row - first)));
        }
        return left;
    }

    private boolean hold(PaidCall call, Map<Long, Outcome> outcomes) {
        int rows = 0;
        for (Map.Entry<Long, Outcome> entry : outcomes.entrySet()) {
            Held earlier = byRow.putIfAbsent(entry.getKey(), new Held(entry.getValue(), call));
            rows += earlier == null ? 1 : 0;
        }
        if (rows > 0) {
            left.put(call.number(), rows);
        }
        return rows > 0;
    }

    /** The outcome of a row, once; null if none was paid for. */
    @Nullable
    Paid take(long row) {
        Held held = byRow.isEmpty() ? null : byRow.remove(row);
        if (held == null) {
            return null;
        }
        long call = held.call().number();
        boolean last = left.merge(call, -1, Integer::sum) == 0;
        return new Paid(
                held.outcome(), held.call().intent().round() + 1, last ? OptionalLong.of(call) : OptionalLong.empty());
    }
}
