package com.example.helpdesk;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The application: begins a round, pauses it at half, goes on with it as after a restart, and shows the results. */
public final class HelpDesk {
    private static final List<String> TEXTS = List.of(
            "The invoice of May is wrong",
            "Where is my parcel?",
            "I forgot my password",
            "Do you like, \"honestly\", cats?");

    private HelpDesk() {}

    /** First argument: a folder of the application's own, which exists. */
    public static void main(String[] args) {
        Results results = run(Path.of(args[0]), 1_000);
        results.categories().entrySet().stream().limit(4).forEach(System.out::println);
    }

    static Results run(Path folder, int tickets) {
        DeskRules rules = new DeskRules();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve("checkpoints"))) {
            Round morning = new Round(folder, "monday", inbox(tickets), rules, checkpoints);
            Summary half = morning.start(threads, percent -> pauseAtHalf(morning, percent))
                    .join();
            System.out.println(half.state() + ": " + half.message() + ", " + half.left() + " tickets left");

            // As another process would do it, tomorrow: the inbox is not asked again.
            Round afternoon = new Round(folder, "monday", Stream::empty, rules, checkpoints);
            Summary end = afternoon
                    .start(threads, percent -> System.out.println(percent + " %"))
                    .join();
            System.out.println(end.state() + ": " + end.counts() + ", asked about " + rules.asked());
            return afternoon.results();
        } finally {
            threads.shutdown();
        }
    }

    private static void pauseAtHalf(Round round, int percent) {
        System.out.println(percent + " %");
        if (percent >= 50) {
            round.pause();
        }
    }

    private static Inbox inbox(int tickets) {
        return () -> IntStream.rangeClosed(1, tickets)
                .mapToObj(n -> new Ticket("T-" + n, "Ticket " + n, TEXTS.get(n % TEXTS.size())));
    }
}
