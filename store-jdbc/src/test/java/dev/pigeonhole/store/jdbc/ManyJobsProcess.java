package dev.pigeonhole.store.jdbc;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Runs many jobs at once on one store, as the server does, slowly; says so when each of them has asked something. */
final class ManyJobsProcess {
    private ManyJobsProcess() {}

    static WholeJob job(Path folder, int number) {
        return new WholeJob(folder.resolve("job" + number));
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(folder.resolve("workspace"));
        for (int number = 1; number <= Integer.parseInt(arguments[1]); number++) {
            WholeJob job = job(folder, number);
            Random random = new Random(number);
            new Thread(() -> job.run(
                            store,
                            step -> {
                                if (step.equals("event Started")) {
                                    System.out.println("started");
                                }
                            },
                            rows -> pause(random.nextInt(200))))
                    .start();
        }
        Thread.currentThread().join();
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
