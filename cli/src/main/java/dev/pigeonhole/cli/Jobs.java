package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.workspace.TrialFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the job that a user means. Stateless. */
final class Jobs {
    private Jobs() {}

    /** The job of this id or name. */
    static JobRecord named(CheckpointStore store, String idOrName) {
        List<JobRecord> jobs = store.jobs();
        List<String> known = jobs.stream()
                .flatMap(job -> Stream.of(job.id(), job.plan().name()))
                .filter(name -> !name.isEmpty())
                .toList();
        return find(jobs, idOrName)
                .orElseThrow(() -> new ConfigurationException("there is no job \"" + idOrName + "\" in this workspace"
                        + Suggestion.hint(idOrName, known) + "; \"list\" shows all"));
    }

    /** The job of this id or name, if there is one. */
    static Optional<JobRecord> find(CheckpointStore store, String idOrName) {
        return find(store.jobs(), idOrName);
    }

    private static Optional<JobRecord> find(List<JobRecord> jobs, String idOrName) {
        return jobs.stream()
                .filter(job -> job.id().equals(idOrName) || job.plan().name().equals(idOrName))
                .findFirst();
    }

    private static boolean isTrial(JobRecord job) {
        Path folder = job.plan().input().getParent();
        return folder != null && folder.endsWith(TrialFiles.FOLDER);
    }

    /** The newest job of which this holds; a trial only if it holds of nothing else. */
    static JobRecord newest(CheckpointStore store, Predicate<JobRecord> wanted, String what) {
        List<JobRecord> jobs = store.jobs().stream().filter(wanted).toList();
        return jobs.stream()
                .filter(job -> !isTrial(job))
                .findFirst()
                .or(() -> jobs.stream().findFirst())
                .orElseThrow(() -> new ConfigurationException("there is no " + what + " in this workspace"));
    }
}
