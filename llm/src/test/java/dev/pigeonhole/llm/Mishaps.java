package dev.pigeonhole.llm;

import java.util.ArrayList;
import java.util.List;

/** Counts all that is done to disk, ledger and provider, and lets something happen at the n-th. Not thread-safe. */
final class Mishaps {
    /** The process ends. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String at) {
            super(at);
        }
    }

    /** What happens. */
    enum Kind {
        KILLED_BEFORE,
        KILLED_AFTER,
        /** The operation is done, and nobody hears of it. Of the provider only. */
        ANSWER_LOST,
        /** Of the provider only. */
        UNREACHABLE,
        /** From then on, every time. Of the provider only. */
        UNREACHABLE_FOR_EVER
    }

    final List<String> done = new ArrayList<>();
    private final Kind kind;
    private final int at;
    private boolean healed;

    Mishaps(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    static Mishaps none() {
        return new Mishaps(Kind.KILLED_BEFORE, Integer.MAX_VALUE);
    }

    /** Nothing happens any more. */
    void heal() {
        healed = true;
    }

    /** What may fail, and is to be told of afterwards. */
    interface Operation<T, E extends Exception> {
        T run() throws E;
    }

    <T, E extends Exception> T local(String name, Operation<T, E> operation) throws E {
        int number = begin(name);
        boolean now = number == at && !healed;
        if (now && kind == Kind.KILLED_BEFORE) {
            throw new Killed(name);
        }
        T result = operation.run();
        if (now && kind == Kind.KILLED_AFTER) {
            throw new Killed(name);
        }
        return result;
    }

    <T> T remote(String name, Operation<T, RuntimeException> operation) {
        int number = begin(name);
        boolean now = number == at && !healed;
        boolean down = kind == Kind.UNREACHABLE_FOR_EVER && number >= at && !healed;
        if (now && kind == Kind.KILLED_BEFORE) {
            throw new Killed(name);
        }
        if (down || (now && kind == Kind.UNREACHABLE)) {
            throw FakeBatches.failure(ChatFailedException.Kind.UNREACHABLE);
        }
        T result = operation.run();
        if (now && kind == Kind.KILLED_AFTER) {
            throw new Killed(name);
        }
        if (now && kind == Kind.ANSWER_LOST) {
            throw FakeBatches.failure(ChatFailedException.Kind.TIMEOUT);
        }
        return result;
    }

    private int begin(String name) {
        done.add(name);
        return done.size();
    }
}
