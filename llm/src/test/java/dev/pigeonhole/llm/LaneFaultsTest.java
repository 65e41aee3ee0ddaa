package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.llm.BatchState.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the lane does, something happens just then; afterwards nothing is lost, nothing doubled, and the bill is right. */
class LaneFaultsTest {
    private static final int ROWS = 30;
    private static final Set<String> REMOTE =
            Set.of("upload", "create", "find", "retrieve", "cancel", "read", "delete");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Mishaps.Kind.class)
    void everyStepMayFail(Mishaps.Kind kind) {
        for (int at : steps(kind, Ends.COMPLETED)) {
            LaneBench bench = bench(kind, at, Ends.COMPLETED);
            toTheEnd(bench, kind);
            bench.assertAllIsWell(kind + " at step " + at);
            assertThat(bench.sync.calls())
                    .as("asked at once, %s at step %d", kind, at)
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Mishaps.Kind.class)
    void everyStepMayFailWhereBatchesExpire(Mishaps.Kind kind) {
        for (int at : steps(kind, Ends.EXPIRED)) {
            LaneBench bench = bench(kind, at, Ends.EXPIRED);
            toTheEnd(bench, kind);
            bench.assertAllIsWell(kind + " at step " + at + ", expiring");
        }
    }

    @ParameterizedTest
    @EnumSource(Mishaps.Kind.class)
    void everyStepMayFailWhereTheDeadlineComes(Mishaps.Kind kind) {
        for (int at : steps(kind, Ends.DEADLINE)) {
            LaneBench bench = bench(kind, at, Ends.DEADLINE);
            toTheEnd(bench, kind);
            bench.assertAllIsWell(kind + " at step " + at + ", with a deadline");
        }
    }

    private enum Ends {
        COMPLETED,
        EXPIRED,
        DEADLINE
    }

    /** Numbers of the steps at which the mishap can happen. */
    private int[] steps(Mishaps.Kind kind, Ends ends) {
        LaneBench bench = bench(Mishaps.Kind.KILLED_BEFORE, Integer.MAX_VALUE, ends);
        bench.run();
        bench.assertAllIsWell("without a mishap");
        List<String> done = bench.provider.mishaps.done;
        assertThat(done).contains("upload", "create", "retrieve", "begin calls", "end calls", "move");
        return IntStream.rangeClosed(1, done.size())
                .filter(at -> kind.name().startsWith("KILLED") || REMOTE.contains(done.get(at - 1)))
                .toArray();
    }

    private LaneBench bench(Mishaps.Kind kind, int at, Ends ends) {
        LaneBench bench = new LaneBench(folder.resolve(kind + "-" + at + "-" + ends), ROWS);
        bench.provider.mishaps = new Mishaps(kind, at);
        bench.provider.listIsLate = 2;
        if (ends == Ends.EXPIRED) {
            bench.provider.ending = batch -> batch.part(Status.EXPIRED, batch.ids.size() / 2);
        }
        if (ends == Ends.DEADLINE) {
            bench.settings = LlmSettings.builder()
                    .batch(true)
                    .deadline(Duration.ofMinutes(7))
                    .build();
        }
        return bench;
    }

    /** As often as it takes; a process that is killed is followed by another one. */
    private static void toTheEnd(LaneBench bench, Mishaps.Kind kind) {
        for (int runs = 1; runs <= 3; runs++) {
            try {
                bench.run();
                return;
            } catch (Mishaps.Killed e) {
                bench.clock.passes(Duration.ofMinutes(1));
            } catch (TransientCategorizerException | StorageException e) {
                assertThat(kind).isEqualTo(Mishaps.Kind.UNREACHABLE_FOR_EVER);
                bench.provider.mishaps.heal();
            }
        }
        throw new AssertionError("three runs were not enough");
    }
}
