package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int CALLS = 256;

    /** The server answers none before all have come, so this ends only if all are in flight at once. */
    @Test
    void asManyCallsAreInFlightAsThereAreThreadsAndConnectionsAreUsedAgain() throws Exception {
        CyclicBarrier all = new CyclicBarrier(CALLS);
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        try (RawServer server = new RawServer((connection, out) -> {
                    await(all);
                    RawServer.write(out, RawServer.ok(Calls.answer("\"a\"")));
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            for (int round = 0; round < 3; round++) {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < CALLS; i++) {
                    answers.add(threads.submit(() ->
                            model.complete(Calls.within(Duration.ofSeconds(60))).text()));
                }
                for (Future<String> answer : answers) {
                    assertThat(answer.get()).isEqualTo("a");
                }
            }
            assertThat(server.requests).hasValue(3 * CALLS);
            assertThat(server.connections.get()).isBetween(CALLS, CALLS + 16);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
