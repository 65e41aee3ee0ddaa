package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.core.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** An input, and a job for it that is held: what the writers of files need. */
final class CombineHarness {
    final CsvSource source;
    final CsvProfile profile;
    final JobLease lease;

    CombineHarness(Path directory, String csv, String delimiter, List<String> categories) throws IOException {
        Path input = Files.writeString(directory.resolve("input.csv"), csv);
        source = CsvSource.of(input).textColumns("#1").delimiter(delimiter).ragged(RaggedPolicy.AUTO);
        profile = source.scan();
        CheckpointStore store = CheckpointStore.inMemory(directory);
        JobPlan plan = new JobPlan(
                "",
                input.toAbsolutePath(),
                directory.resolve("output.csv").toAbsolutePath(),
                new TreeMap<>(),
                new TreeMap<>(),
                categories,
                profile);
        lease = store.acquire(store.create(plan).id(), new Holder(1, "here", Instant.EPOCH));
    }

    BatchFileWriter batches() {
        return new BatchFileWriter(lease, source, profile, Disk.real(), () -> {});
    }

    ErrorsFileWriter errors() {
        return new ErrorsFileWriter(lease, source, profile, Disk.real());
    }

    Path directory() {
        return lease.job().directory();
    }
}
