package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the outcomes of a finished job anew from the answers that were paid for, without a call. */
final class Rebuild {
    private static final int ROWS_AT_ONCE = 1_000;

    private final JobLease lease;
    private final Answers answers;
    private final List<RowOutcome> read = new ArrayList<>();
    private final List<Long> calls = new ArrayList<>();

    private Rebuild(JobLease lease, Answers answers) {
        this.lease = lease;
        this.answers = answers;
    }

    /** Refuses a job of which nothing, or not everything, can be made anew. */
    static void requirePossible(JobLease lease, boolean finished) {
        String id = lease.job().id();
        if (!finished) {
            throw new ConfigurationException("job " + id + " is not finished; resume it, nothing is paid twice");
        }
        if (lease.ledger().bill().answered() == 0) {
            throw new ConfigurationException(
                    "job " + id + " has no stored answers: its categorizer costs nothing, or it"
                            + " found all answers in the cache; run it again with --existing new");
        }
    }

    /** Returns how many rows have their outcome again. */
    static long run(JobLease lease, Answers answers) {
        lease.reopenAnswered();
        Rebuild rebuild = new Rebuild(lease, answers);
        lease.ledger().forEachAnswer(rebuild::read);
        rebuild.record();
        return lease.counts().total();
    }

    private void read(PaidCall call) {
        for (Map.Entry<Long, Outcome> entry : answers.read(call).entrySet()) {
            read.add(new RowOutcome(
                    entry.getKey(), entry.getValue(), 0, call.intent().round() + 1));
        }
        calls.add(call.number());
        if (read.size() >= ROWS_AT_ONCE) {
            record();
        }
    }

    private void record() {
        lease.record(new Recording(read, List.of(), calls));
        read.clear();
        calls.clear();
    }

    /** Reads, and never asks. */
    static Conversation withoutCalls(Conversation conversation) {
        return new Conversation() {
            @Override
            public Answer ask(Question question) {
                throw new PermanentCategorizerException(
                        FailureCause.NOT_STORED, "there is no stored answer for this row", null);
            }

            @Override
            public Answer read(PaidCall call) {
                return conversation.read(call);
            }

            @Override
            public Optional<Sentinels> sentinels() {
                return conversation.sentinels();
            }

            @Override
            public Optional<Pass> nextPass(int passes) {
                return conversation.nextPass(passes);
            }

            @Override
            public Optional<Agreement> agreement() {
                return conversation.agreement();
            }

            @Override
            public void close() {
                conversation.close();
            }
        };
    }
}
