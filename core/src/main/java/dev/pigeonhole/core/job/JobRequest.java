package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.combine.Combiner;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What a job was asked to be; see {@link Job.Builder}. */
record JobRequest(
        CsvSource input,
        Taxonomy taxonomy,
        Function<? super CsvProfile, ? extends Categorizer> categorizer,
        CheckpointStore store,
        Path output,
        String id,
        String name,
        Existing existing,
        JobSettings settings,
        SortedMap<String, String> launch,
        boolean retryFailed,
        boolean rebuild,
        Combiner combiner,
        Disk disk) {

    Path inputFile() {
        return RealPath.of(input.path());
    }

    /** Everything that can change an answer or the output; see {@link dev.pigeonhole.core.checkpoint.JobPlan#settings}. */
    SortedMap<String, String> comparableSettings(Map<String, String> fingerprint, String inputSha256) {
        SortedMap<String, String> all = new TreeMap<>(input.settings());
        all.put(SettingsCheck.INPUT, inputSha256);
        all.putAll(taxonomy.settings());
        fingerprint.forEach((key, value) -> all.put("categorizer." + key, value));
        all.put("batch-size", Integer.toString(settings.batchSize()));
        all.put("sub-batch-size", Integer.toString(settings.subBatchSize()));
        all.put("output-bom", Boolean.toString(settings.outputBom()));
        return all;
    }
}
