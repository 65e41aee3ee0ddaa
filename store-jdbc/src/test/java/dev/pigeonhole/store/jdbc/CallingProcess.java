package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes a job, and enters calls and their answers from several threads until it is killed; says what it has entered. */
final class CallingProcess {
    private static final int THREADS = 8;

    private CallingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(Path.of(arguments[0]));
                JobLease lease = store.acquire(arguments[1], SampleJobs.HOLDER)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> enter(lease));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void enter(JobLease lease) {
        while (true) {
            long call = lease.ledger().begin(SampleCalls.intent(1));
            System.out.println("begun " + call);
            lease.ledger().answered(call, answer(call));
            System.out.println("answered " + call);
        }
    }

    /** The same in every process. */
    static CallAnswer answer(long call) {
        return SampleCalls.answer("answer to " + call, call);
    }
}
