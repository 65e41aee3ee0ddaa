package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: rows into batches into sub-batches; what has an outcome already, or needs no asking, is left out of these. Every
 * row takes its room in the window before it goes on. Runs in one thread.
 */
final class RowReader implements Runnable {
    private static final int SETTLED_GROUP = 1_000;

    private final JobLease lease;
    private final CsvSource source;
    private final CsvProfile profile;
    private final Pass pass;
    private final Answers answers;
    private final Batcher<CsvItem> batcher;
    private final Batcher<CsvItem> subBatcher;
    private final SharedTexts texts;
    private final byte @Nullable [] scope;
    private final PaidAnswers paid;
    private final Stages stages;

    private int batchNumber = 1;

    /**
     * @param texts what rows with the same text share
     * @param scope of the keys of texts; null if answers are not shared
     * @param paid answers that an earlier run did not come to use
     */
    RowReader(
            JobLease lease,
            CsvSource source,
            JobSettings settings,
            Pass pass,
            Answers answers,
            SharedTexts texts,
            byte @Nullable [] scope,
            PaidAnswers paid,
            Stages stages) {
        this.lease = lease;
        this.source = source;
        this.profile = lease.job().plan().profile();
        this.pass = pass;
        this.answers = answers;
        this.batcher = Batcher.ofSize(settings.batchSize());
        this.subBatcher = Batcher.ofSize(settings.subBatchSize());
        this.texts = texts;
        this.scope = scope;
        this.paid = paid;
        this.stages = stages;
    }

    @Override
    public void run() {
        if (pass.isLast()) {
            readBatches();
        } else {
            readWanted();
        }
    }

    /** Reads only what the pass is about; sub-batches take their rows from anywhere. */
    private void readWanted() {
        OpenBatch all = new OpenBatch(Work.NO_BATCH, 1);
        long row = pass.next(1);
        while (row <= profile.rows() && !stages.isStopping()) {
            try (CsvRows<CsvItem> items = source.items(profile, row)) {
                WantedRows wanted = new WantedRows(items, pass, row);
                Lookahead rows = new Lookahead(wanted, lease, texts, scope);
                while (rows.hasNext() && !stages.isStopping()) {
                    all.add(rows.next());
                }
                row = wanted.wanted();
            }
        }
        if (!stages.isStopping()) {
            all.end();
        }
    }

    private void readBatches() {
        long row = 1;
        while (row <= profile.rows() && !stages.isStopping()) {
            Optional<FinishedBatch> finished = lease.batchStartingAt(row);
            row = finished.isPresent() ? skip(finished.get()) : readFrom(row);
        }
    }

    private long skip(FinishedBatch finished) {
        batchNumber = finished.number() + 1;
        return finished.lastRow() + 1;
    }

    /** Reads batches until the end of the input or the next finished batch; returns the row to go on with. */
    private long readFrom(long firstRow) {
        Batcher.Cutter<CsvItem> cutter = batcher.start();
        try (CsvRows<CsvItem> items = source.items(profile, firstRow)) {
            Lookahead rows = new Lookahead(items, lease, texts, scope);
            OpenBatch batch = null;
            while (rows.hasNext() && !stages.isStopping()) {
                Lookahead.Row row = rows.next();
                if (cutter.cutsBefore(row.item())) {
                    if (batch != null) {
                        batch.end();
                        if (lease.batchStartingAt(row.item().row()).isPresent()) {
                            return row.item().row();
                        }
                    }
                    batch = new OpenBatch(batchNumber++, row.item().row());
                }
                if (batch == null) {
                    throw new IllegalStateException("a batcher must cut before the first row");
                }
                batch.add(row);
            }
            if (batch != null && !stages.isStopping()) {
                batch.end();
            }
        }
        return profile.rows() + 1;
    }

    /** A batch being read. */
    private final class OpenBatch {
        private final int number;
        private final long firstRow;
        private final Batcher.Cutter<CsvItem> cutter = subBatcher.start();
        private final List<Item> items = new ArrayList<>();
        private int itemsWeight;
        private final List<RowOutcome> settled = new ArrayList<>();
        private final List<KnownAnswer> known = new ArrayList<>();
        private final List<Long> calls = new ArrayList<>();
        private int settledWeight;
        private int subBatch;
        private long rows;
        private long rowsRecorded;

        OpenBatch(int number, long firstRow) {
            this.number = number;
            this.firstRow = firstRow;
        }

        void add(Lookahead.Row row) {
            rows++;
            if (row.recorded()) {
                rowsRecorded++;
            } else if (row.known() != null) {
                int weight = stages.leastWeight();
                if (hasRoom(weight)) {
                    settle(new RowOutcome(row.item().row(), row.known(), 0, 0), weight);
                }
            } else {
                Item item = new Item(row.item().row(), row.item().text());
                int weight = stages.weightOf(item);
                if (hasRoom(weight)) {
                    answer(row, item, weight);
                }
            }
        }

        /**
         * What waits here has room that others may need, so in the end it must not wait for room itself. But as long as there are
         * calls under way that will make room, a sub-batch is not sent before it is full: a call for every few rows costs more.
         */
        private boolean hasRoom(int weight) {
            if (stages.hasRoom(weight)) {
                return true;
            }
            sendSettled();
            if (!items.isEmpty() && stages.awaitRoomFromCalls(weight)) {
                return true;
            }
            sendItems();
            return stages.awaitRoom(weight);
        }

        private void answer(Lookahead.Row row, Item item, int weight) {
            PaidAnswers.Paid paidFor = paid.take(item.row());
            if (paidFor != null) {
                use(paidFor, item, row.key(), weight);
                return;
            }
            SharedTexts.Turn turn = row.key() == null
                    ? new SharedTexts.Turn.Ask()
                    : texts.turnOf(row.key(), new SharedTexts.Follower(number, item.row(), weight));
            if (turn instanceof SharedTexts.Turn.Ask) {
                decide(row, item, weight);
            } else if (turn instanceof SharedTexts.Turn.Known said) {
                settle(new RowOutcome(item.row(), Stages.fromCache(said.answer()), 0, 0), weight);
            }
        }

        private void decide(Lookahead.Row row, Item item, int weight) {
            Decision decision = pass.decide(item);
            if (decision instanceof Decision.Settle settle) {
                settle(new RowOutcome(item.row(), answers.checked(settle.outcome()), 0, 0), weight);
            } else if (decision instanceof Decision.Ask) {
                ask(row, item, weight);
            } else if (pass.isLast()) {
                throw new IllegalStateException("the last pass leaves row " + item.row());
            } else {
                stages.leaveRoom(weight);
            }
        }

        private void ask(Lookahead.Row read, Item item, int weight) {
            CsvItem row = read.item();
            if (read.key() != null && !answers.areDeferred()) {
                texts.asks(read.key(), row.row());
            }
            if (cutter.cutsBefore(row)) {
                sendItems();
                subBatch++;
            }
            items.add(item);
            itemsWeight += weight;
        }

        private void use(PaidAnswers.Paid paidFor, Item item, @Nullable AnswerKey key, int weight) {
            Outcome outcome = paidFor.outcome();
            if (key != null && !(outcome instanceof Outcome.Failed)) {
                KnownAnswer answer = new KnownAnswer(key, outcome);
                texts.remember(answer);
                known.add(answer);
            }
            paidFor.finished().ifPresent(calls::add);
            settle(new RowOutcome(item.row(), outcome, subBatch, paidFor.attempts()), weight);
        }

        void end() {
            sendItems();
            sendSettled();
            if (number == Work.NO_BATCH) {
                return;
            }
            stages.report(new Report.BatchRead(number, firstRow, rows, rowsRecorded));
        }

        private void settle(RowOutcome row, int weight) {
            settled.add(row);
            settledWeight += weight;
            if (settled.size() == SETTLED_GROUP) {
                sendSettled();
            }
        }

        private void sendItems() {
            if (!items.isEmpty()) {
                stages.send(number, number == Work.NO_BATCH ? 0 : subBatch, items, itemsWeight);
                items.clear();
                itemsWeight = 0;
            }
        }

        private void sendSettled() {
            if (!settled.isEmpty()) {
                stages.settle(new Report.Settled(
                        number, List.copyOf(settled), List.copyOf(known), List.copyOf(calls), settledWeight, 0, 0));
                settled.clear();
                known.clear();
                calls.clear();
                settledWeight = 0;
            }
        }
    }
}
