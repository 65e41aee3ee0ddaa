package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.workspace.Eta;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchStripTest {
    @TempDir
    Path folder;

    private JsonNode strip(Phase phase, int size, long recorded, int... done) throws Exception {
        BitSet files = new BitSet();
        IntStream.of(done).forEach(files::set);
        Moment moment = moment(phase, recorded);
        return new JsonMapper().valueToTree(new BatchStrip(moment, size, new BatchFiles(files), Map.of(2, 3L)).view());
    }

    private Moment moment(Phase phase, long recorded) throws Exception {
        Path input = folder.resolve("in.csv").toAbsolutePath();
        Files.write(
                input,
                IntStream.rangeClosed(0, 2_345)
                        .mapToObj(i -> i == 0 ? "text" : "row " + i)
                        .toList());
        JobRecord job = CheckpointStore.inMemory(folder)
                .create(new JobPlan(
                        "",
                        input,
                        folder.resolve("out.csv").toAbsolutePath(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        List.of("A"),
                        CsvSource.of(input).textColumns("text").scan()));
        Facets facets = new Facets(new Counts(recorded, 0, 0, 0), Map.of(), Map.of(), Map.of(), 0, true);
        return new Moment(
                job,
                Optional.empty(),
                phase,
                Optional.empty(),
                new Figures(facets, Bill.NONE, 0, 0, 0),
                Optional.empty(),
                new Eta.Left.Nothing(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static long sum(JsonNode strip, String member) {
        long sum = 0;
        for (JsonNode item : strip.path("items")) {
            sum += item.path(member).asLong();
        }
        return sum;
    }

    @Test
    void theRowsOfOpenBatchesAreInTheFirstOfThem() throws Exception {
        JsonNode strip = strip(Phase.RUNNING, 1_000, 1_600, 1);
        assertThat(strip.path("items")).hasSize(3);
        assertThat(strip.path("items").path(0).path("state").asText()).isEqualTo("done");
        assertThat(strip.path("items").path(1).path("state").asText()).isEqualTo("working");
        assertThat(strip.path("items").path(1).path("done").asInt()).isEqualTo(600);
        assertThat(strip.path("items").path(1).path("failed").asInt()).isEqualTo(3);
        assertThat(strip.path("items").path(2).path("state").asText()).isEqualTo("waiting");
        assertThat(strip.path("items").path(2).path("rows").asInt()).isEqualTo(345);
        assertThat(sum(strip, "rows")).isEqualTo(2_345);
        assertThat(sum(strip, "done")).isEqualTo(1_600);
    }

    @Test
    void atRestNothingIsBeingWorkedOn() throws Exception {
        assertThat(strip(Phase.IDLE, 1_000, 1_600, 1).toString()).doesNotContain("working");
    }

    @Test
    void veryManyBatchesAreJoined() throws Exception {
        JsonNode strip =
                strip(Phase.RUNNING, 1, 700, IntStream.rangeClosed(1, 700).toArray());
        assertThat(strip.path("items").size()).isBetween(400, 500);
        assertThat(strip.path("total").asInt()).isEqualTo(2_345);
        assertThat(strip.path("items").path(0).path("numbers").toString()).isEqualTo("[1,5]");
        assertThat(sum(strip, "rows")).isEqualTo(2_345);
        assertThat(sum(strip, "done")).isEqualTo(700);
    }
}
