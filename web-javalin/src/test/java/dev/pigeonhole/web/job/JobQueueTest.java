package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JobQueueTest {
    @TempDir
    Path folder;

    private final List<String> order = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final JobQueue queue = new JobQueue(DeskLimits.usual(), turn -> {
        awaitGo();
        order.add("ran");
        return () -> {};
    });
    private LiveJob live;
    private JobQueue.Turn turn;

    @BeforeEach
    void aJob() throws Exception {
        Path input = Files.write(folder.resolve("in.csv").toAbsolutePath(), List.of("text", "row"));
        Path output = folder.resolve("out.csv").toAbsolutePath();
        JobPlan plan = new JobPlan(
                "",
                input,
                output,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of("A"),
                CsvSource.of(input).textColumns("text").scan());
        live = new LiveJob(
                CheckpointStore.inMemory(folder).create(plan), Optional.empty(), Clock.systemUTC(), new Json());
        JobOptions options = new JobOptions(
                input,
                output,
                Optional.of(folder.resolve("categories.yaml")),
                List.of("text"),
                "auto",
                "auto",
                RaggedPolicy.AUTO,
                false,
                false,
                "local",
                new TreeMap<>(),
                10,
                5,
                1,
                false);
        turn = new JobQueue.Turn(live, options, Purpose.RESUME);
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEndOfWhatRunsIsWaitedForWhateverHappens() throws Exception {
        queue.add(turn);
        queue.close();
        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            queue.awaitEnd();
            order.add("closed");
        });
        closing.start();
        JobServer.await(() -> closing.getState() == Thread.State.WAITING || !closing.isAlive());
        go.countDown();
        closing.join();
        assertThat(order).containsExactly("ran", "closed");
    }

    @Test
    void aJobThatIsSetAsideCannotBeTakenUpMeanwhile() {
        boolean done = queue.setAside(
                live,
                () -> assertThatThrownBy(() -> queue.add(turn))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining("ask again"));
        assertThat(done).isTrue();
        assertThat(live.phase()).isEqualTo(Phase.IDLE);
        queue.add(turn);
        assertThat(queue.setAside(live, () -> order.add("aside"))).isFalse();
        go.countDown();
        queue.close();
        queue.awaitEnd();
        assertThat(order).containsExactly("ran");
    }
}
