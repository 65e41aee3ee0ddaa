package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.llm.lane.Submission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings what came of a batch into the ledger, in groups. May be done again from the beginning, after a download that broke off or a
 * sudden end: what has ended stays as it is. Used once; not thread-safe.
 */
final class Harvest {
    private final LaneDesk desk;
    private final Submission submission;
    private final BatchState state;
    /** Calls without an end yet. */
    private final SortedMap<Long, CallIntent> open;

    private final SortedMap<Long, Optional<CallAnswer>> ends = new TreeMap<>();
    private final List<CallIntent> ended = new ArrayList<>();
    private final List<CallIntent> notBegun = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private Money cost = Money.ZERO;
    private long answered;
    private long failed;
    private long strange;
    private long unreadable;
    private long lost;

    Harvest(LaneDesk desk, Submission submission, BatchState state) {
        this.desk = desk;
        this.submission = submission;
        this.state = state;
        this.open = desk.open(submission);
    }

    /** Reads both files; what came before one breaks off is kept. */
    void read() {
        try {
            state.outputFile().ifPresent(this::read);
            state.errorFile().ifPresent(this::read);
        } finally {
            flush();
        }
    }

    /** A file that the provider has removed holds nothing. */
    private void read(String file) {
        try {
            desk.model().read(file, this::take);
        } catch (ChatRefusedException e) {
            if (LaneTroubles.concernsAll(e)) {
                throw e;
            }
            unreadable++;
        }
    }

    private void take(BatchLine line) {
        if (line instanceof BatchLine.Answered answer) {
            take(answer.customId(), Optional.of(answer.reply()), false);
        } else if (line instanceof BatchLine.Failed failure) {
            take(failure.customId(), Optional.empty(), failure.expired());
        } else {
            unreadable++;
        }
    }

    private void take(String customId, Optional<ChatReply> reply, boolean expired) {
        OptionalLong call = desk.call(customId);
        if (call.isEmpty() || !submission.holds(call.getAsLong()) || !seen.add(call.getAsLong())) {
            strange++;
            return;
        }
        answered += reply.isPresent() ? 1 : 0;
        failed += reply.isPresent() || expired ? 0 : 1;
        CallIntent intent = open.remove(call.getAsLong());
        if (intent == null) {
            return; // It had its end before this run, or before the download broke off.
        }
        end(call.getAsLong(), intent, reply, expired);
        if (ends.size() >= LaneDesk.GROUP) {
            flush();
        }
    }

    private void end(long call, CallIntent intent, Optional<ChatReply> reply, boolean expired) {
        Optional<CallAnswer> answer = reply.map(said -> desk.money().answer(said, intent));
        ends.put(call, answer);
        cost = cost.plus(answer.flatMap(CallAnswer::cost).orElse(Money.ZERO));
        (expired ? notBegun : ended).add(intent);
    }

    /** Into the ledger first; then the rows are free, and the money. */
    private void flush() {
        if (ends.isEmpty()) {
            return;
        }
        desk.ledger().endAll(ends);
        desk.rows().ended(LaneDesk.rowsOf(ended));
        desk.rows().cameBack(LaneDesk.rowsOf(notBegun));
        List<CallIntent> all = new ArrayList<>(ended);
        all.addAll(notBegun);
        desk.money().end(all, cost);
        ends.clear();
        ended.clear();
        notBegun.clear();
        cost = Money.ZERO;
    }

    /** Whether a line could not be read, or a file, although lines are missing. */
    boolean isDamaged() {
        return unreadable > 0 && !open.isEmpty();
    }

    /**
     * Ends the calls that nobody said anything about. They cost nothing, unless the provider counts more answers than it handed over:
     * then any of them may be billed.
     */
    void endMissing() {
        lost = open.size();
        if (state.completed() > answered + failed) {
            desk.rows().ended(LaneDesk.rowsOf(open.values()));
            desk.money().keep(open.values());
            open.clear();
            return;
        }
        boolean complete = state.status() == BatchState.Status.COMPLETED;
        for (Long call : List.copyOf(open.keySet())) {
            CallIntent intent = open.get(call);
            open.remove(call);
            if (intent != null) {
                end(call, intent, Optional.empty(), !complete);
            }
            if (ends.size() >= LaneDesk.GROUP) {
                flush();
            }
        }
        flush();
    }

    /** What a user should know; empty if there is nothing to say. */
    Optional<String> warning() {
        if (failed + strange + unreadable == 0 && (lost == 0 || state.status() != BatchState.Status.COMPLETED)) {
            return Optional.empty();
        }
        return Optional.of("batch " + submission.batchId() + ": of " + submission.requests() + " requests " + failed
                + " failed, " + lost + " brought no line, " + unreadable + " lines could not be read, and " + strange
                + " were about other requests or said twice; what is left is asked about without a batch");
    }

    long answered() {
        return answered;
    }
}
