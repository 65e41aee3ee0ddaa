package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.web.json.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SearchIndexesTest {
    @TempDir
    Path folder;

    /** A job whose options no program has written. */
    private JobRecord odd(CheckpointStore store) throws Exception {
        Path input = Files.write(folder.resolve("in.csv").toAbsolutePath(), List.of("text", "row"));
        Map<String, String> launch = Map.of(
                "categories", "categories.yaml",
                "encoding", "auto",
                "delimiter", "auto",
                "ragged", "AUTO",
                "lenient-quotes", "false",
                "replace-bad-bytes", "false",
                "provider", "local",
                "batch-size", "many");
        return store.create(new JobPlan(
                "",
                input,
                folder.resolve("out.csv").toAbsolutePath(),
                new TreeMap<>(),
                new TreeMap<>(launch),
                List.of("A"),
                CsvSource.of(input).textColumns("text").scan()));
    }

    private static boolean isTold(SearchIndexes indexes, JobRecord job) {
        try {
            indexes.require(job);
            return false;
        } catch (ProblemException e) {
            return false;
        } catch (PigeonholeException e) {
            return String.valueOf(e.getMessage()).contains("cannot be made searchable");
        }
    }

    @Test
    void whatNobodyExpectedIsToldToTheNextWhoSearchesAndThenItIsTriedAgain() throws Exception {
        try (CheckpointStore store = CheckpointStore.inMemory(folder);
                SearchIndexes indexes = new SearchIndexes(store)) {
            JobRecord job = odd(store);
            JobServer.await(() -> isTold(indexes, job));
            JobServer.await(() -> isTold(indexes, job));
            assertThat(store.rows(job.id()).isSearchable()).isFalse();
        }
    }
}
