package dev.pigeonhole.llm;

import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.llm.lane.CallRange;
import dev.pigeonhole.llm.lane.RequestFile;
import dev.pigeonhole.llm.lane.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers requests into submissions: enters a group of them in the ledger, then writes them, then says so in a state file. Calls
 * that are in the ledger and in no state file were never sent. Not thread-safe.
 */
final class LaneCollector {
    /**
     * Answers to so many requests are read into memory when the next run looks which of them it can use: with 20 rows each, fifty
     * thousand labels. Providers take twenty times as many; more submissions cost nothing, and bring answers sooner.
     */
    static final int MOST_REQUESTS = 2_500;
    /** What an upload may have to send again. */
    static final long MOST_BYTES = 50_000_000;

    private static final int LEAST_REQUESTS = 10;
    /** Requests entered in one transaction. */
    private static final int GROUP = 50;

    private static final int GROUP_CHARS = 1_000_000;

    private final LaneDesk desk;
    private final List<Drafter.Drafted> group = new ArrayList<>();
    private final List<CallIntent> intents = new ArrayList<>();
    private int groupChars;
    private int mostRequests;
    private int next;
    private @Nullable Growing growing;

    /** @param next number of the next submission */
    LaneCollector(LaneDesk desk, int next) {
        this.desk = desk;
        this.next = next;
        this.mostRequests = Math.min(MOST_REQUESTS, desk.model().mostRequests());
    }

    /** A submission whose file is being written. */
    private static final class Growing {
        private final int number;
        private final String token;
        private final Instant begun;
        private final RequestFile file;
        private final List<CallRange> calls = new ArrayList<>();
        private int requests;
        private long rows;
        private long firstRow = Long.MAX_VALUE;
        private long lastRow;

        Growing(int number, String token, Instant begun, RequestFile file) {
            this.number = number;
            this.token = token;
            this.begun = begun;
            this.file = file;
        }

        /** @param ofInput the rows that are in the input */
        void add(long call, byte[] line, CallIntent intent, List<Long> ofInput) {
            file.append(line);
            int last = calls.size() - 1;
            if (last >= 0 && calls.get(last).first() + calls.get(last).count() == call) {
                calls.set(
                        last,
                        new CallRange(calls.get(last).first(), calls.get(last).count() + 1));
            } else {
                calls.add(new CallRange(call, 1));
            }
            requests++;
            rows += intent.rows().size();
            for (long row : ofInput) {
                firstRow = Math.min(firstRow, row);
                lastRow = Math.max(lastRow, row);
            }
        }

        Submission prepared() {
            long last = Math.max(1, lastRow);
            long first = Math.min(firstRow, last);
            return new Submission(number, token, Submission.Stage.PREPARED, "", "", begun, calls, rows, first, last);
        }
    }

    /**
     * Takes requests; their money is set aside already.
     *
     * @return submissions that are full with them, ready to be handed over
     */
    List<Submission> add(List<Drafter.Drafted> drafted, List<CallIntent> theirIntents) {
        group.addAll(drafted);
        intents.addAll(theirIntents);
        for (Drafter.Drafted one : drafted) {
            groupChars += one.draft().request().system().length()
                    + one.draft().request().user().length();
        }
        return group.size() >= GROUP || groupChars >= GROUP_CHARS ? write() : List.of();
    }

    private List<Submission> write() {
        List<Submission> full = new ArrayList<>();
        if (group.isEmpty()) {
            return full;
        }
        growing(); // Its folder before the calls: that they are entered and it is not there means that somebody took it
        // away.
        long first = desk.ledger().beginAll(intents);
        for (int i = 0; i < group.size(); i++) {
            long call = first + i;
            byte[] line =
                    desk.model().line(desk.customId(call), group.get(i).draft().request());
            if (growing != null && growing.requests > 0 && !hasRoom(growing, line)) {
                full.add(seal(growing));
            }
            CallIntent intent = intents.get(i);
            growing().add(call, line, intent, desk.rows().ofInput(intent.rows()));
        }
        group.clear();
        intents.clear();
        groupChars = 0;
        return full;
    }

    private boolean hasRoom(Growing submission, byte[] line) {
        long mostBytes = Math.min(MOST_BYTES, desk.model().mostBytes());
        return submission.requests < mostRequests && submission.file.bytes() + line.length < mostBytes;
    }

    private Growing growing() {
        Growing now = growing;
        if (now == null) {
            now = new Growing(
                    next, desk.tools().tokens().get(), desk.now(), desk.folder().create(next));
            next++;
            growing = now;
        }
        return now;
    }

    private Submission seal(Growing submission) {
        submission.file.seal();
        submission.file.close();
        Submission prepared = submission.prepared();
        desk.folder().save(prepared);
        growing = null;
        return prepared;
    }

    /** All that was taken, as submissions. */
    List<Submission> close() {
        List<Submission> all = write();
        if (growing != null && growing.requests > 0) {
            all.add(seal(growing));
        }
        return all;
    }

    /** Forgets what no state file names yet: nobody was told of it. The next run ends calls that were entered. */
    void abandon() {
        group.clear();
        intents.clear();
        Growing now = growing;
        if (now != null) {
            growing = null;
            List<Long> calls = new ArrayList<>();
            now.calls.forEach(range -> {
                for (long call = range.first(); call < range.first() + range.count(); call++) {
                    calls.add(call);
                }
            });
            now.file.close();
            desk.folder().deleteRequests(now.number);
            desk.unbilled(calls);
        }
    }

    /** Requests that are in no submission yet. */
    int pending() {
        return group.size() + (growing == null ? 0 : growing.requests);
    }

    /** Half as many requests in each submission from now on; false if there are few already. */
    boolean halve(long found) {
        long half = found / 2;
        if (half < LEAST_REQUESTS) {
            return false;
        }
        // One that was made before may be larger than any that will be made from now on.
        mostRequests = (int) Math.min(mostRequests, half);
        return true;
    }
}
