package dev.pigeonhole.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who wait to write share a transaction, and so a forced commit. Whoever comes first leads: does the writes of all who
 * wait by the time the transaction has begun, and then leaves the lead to one of those who came meanwhile. Thread-safe; waiting is
 * not interruptible, because what is asked for may happen all the same.
 *
 * @param <C> what a write gets to work with, as long as the transaction lasts
 */
final class GroupCommit<C> {
    private final Transaction<C> transaction;
    private List<Member<C, ?>> waiting = new ArrayList<>();
    private boolean led;

    GroupCommit(Transaction<C> transaction) {
        this.transaction = transaction;
    }

    /** Runs work in a transaction. If it throws, nothing was changed. */
    interface Transaction<C> {
        void run(Work<C> work);
    }

    /** All writes of a group. */
    interface Work<C> {
        void in(C context) throws SQLException;
    }

    /**
     * One write. If it throws a {@link RuntimeException} or a {@link DamagedException}, it has changed nothing, and only its caller
     * fails; with any other exception the whole group does.
     */
    interface Write<C, T> {
        T in(C context) throws SQLException;
    }

    /** Blocks until the write is committed. */
    <T> T run(String doing, Write<C, T> write, Translator translator) {
        Member<C, T> member = new Member<>(write);
        if (enter(member) || member.waitForTurn()) {
            lead();
        }
        return member.result(doing, translator);
    }

    /** Makes an exception for a caller of an error that only this caller has. */
    interface Translator {
        RuntimeException translate(String doing, SQLException error);
    }

    /** How many wait for the leader; for tests. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Returns whether the newcomer leads. */
    private synchronized boolean enter(Member<C, ?> member) {
        waiting.add(member);
        boolean leads = !led;
        led = true;
        return leads;
    }

    private synchronized List<Member<C, ?>> takeAll() {
        List<Member<C, ?>> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private synchronized void leaveLead() {
        if (waiting.isEmpty()) {
            led = false;
        } else {
            waiting.get(0).turn.complete(true);
        }
    }

    private void lead() {
        List<Member<C, ?>> group = new ArrayList<>();
        try {
            transaction.run(context -> {
                group.addAll(takeAll());
                for (Member<C, ?> member : group) {
                    member.write(context);
                }
            });
        } catch (RuntimeException | Error e) {
            if (group.isEmpty()) {
                group.addAll(takeAll());
            }
            group.forEach(member -> member.failWith(e));
        } finally {
            group.forEach(member -> member.turn.complete(false));
            leaveLead();
        }
    }

    /** A caller, and what became of its write. Handed from thread to thread by {@link #turn}. */
    private static final class Member<C, T> {
        private final Write<C, T> write;
        /** True: lead. False: it is done. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private @Nullable T value;
        private @Nullable SQLException ownError;
        private @Nullable RuntimeException refused;
        private @Nullable Error broken;

        Member(Write<C, T> write) {
            this.write = write;
        }

        boolean waitForTurn() {
            return turn.join();
        }

        void write(C context) throws SQLException {
            try {
                value = write.in(context);
            } catch (DamagedException e) {
                ownError = e;
            } catch (RuntimeException e) {
                refused = e;
            }
        }

        void failWith(Throwable cause) {
            if (refused == null && ownError == null) {
                if (cause instanceof RuntimeException e) {
                    refused = e;
                } else if (cause instanceof Error e) {
                    broken = e;
                }
            }
        }

        T result(String doing, Translator translator) {
            if (ownError != null) {
                throw translator.translate(doing, ownError);
            } else if (refused != null) {
                throw refused;
            } else if (broken != null) {
                throw broken;
            }
            return Objects.requireNonNull(value);
        }
    }
}
