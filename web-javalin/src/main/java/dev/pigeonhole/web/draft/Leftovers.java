package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sudden end of a process has left in the folders of drafts. Once, before anybody changes drafts; what a job that is known
 * reads or writes stays in any case. Not thread-safe.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern UPLOAD = Pattern.compile("upload-.*\\.part");
    private static final Pattern INPUT = Pattern.compile("input-[a-z0-9]+\\.csv");

    /** The file that says that the job of a draft was to be deleted. */
    static final String DELETING = "deleting";

    private final DraftFolders folders;
    private final Drafts drafts;
    private final LostJobs lost;
    private final Set<String> jobs = new HashSet<>();
    private final Set<String> draftsOfJobs = new HashSet<>();
    private final Set<Path> files = new HashSet<>();

    private Leftovers(DraftFolders folders, Drafts drafts, LostJobs lost, List<JobRecord> known) {
        this.folders = folders;
        this.drafts = drafts;
        this.lost = lost;
        known.forEach(this::take);
    }

    private void take(JobRecord job) {
        jobs.add(job.id());
        draftsOfJobs.add(job.plan().launch().getOrDefault(Likeness.DRAFT, ""));
        files.add(job.plan().input());
        files.add(job.plan().output());
    }

    static void sweep(DraftFolders folders, Drafts drafts, LostJobs lost, CheckpointStore store) {
        folders.sweep();
        List<String> ids = folders.ids();
        if (!ids.isEmpty()) {
            Leftovers leftovers = new Leftovers(folders, drafts, lost, store.jobs());
            ids.forEach(leftovers::sweep);
        }
    }

    private void sweep(String id) {
        if (!drafts.isKept(id)) {
            removeWhole(id, "it was never saved");
            return;
        }
        drafts.readable(id).ifPresent(draft -> {
            if (draft.isJob()
                    && !jobs.contains(draft.job())
                    && folders.names(id).contains(DELETING)) {
                removeWhole(id, "its job was deleted");
            } else {
                sweepFiles(draft);
            }
        });
    }

    /** A folder that a job needs is left, whatever its draft says. */
    private void removeWhole(String id, String why) {
        Path folder = RealPath.of(folders.path(id));
        if (draftsOfJobs.contains(id) || files.stream().anyMatch(file -> file.startsWith(folder))) {
            return;
        }
        LOG.info("the files of draft={} are removed: {}", id, why);
        drafts.remove(id);
    }

    private void sweepFiles(Draft draft) {
        if (!draft.isJob() && draftsOfJobs.contains(draft.id())) {
            lost.doubt(draft.id());
        }
        DraftFile file = draft.file();
        String input = file == null ? "" : file.stored();
        for (String name : folders.names(draft.id())) {
            boolean left = UPLOAD.matcher(name).matches()
                    || (INPUT.matcher(name).matches() && !name.equals(input) && !isOfJob(draft.id(), name));
            if (left) {
                folders.delete(draft.id(), name);
            }
        }
    }

    private boolean isOfJob(String id, String name) {
        return files.contains(RealPath.of(folders.path(id).resolve(name)));
    }
}
