package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.PauseReason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as the store knows it, at one moment. Immutable.
 *
 * @param id made by the store: lower-case letters and digits, fit for a file name
 * @param plan what was fixed at creation
 * @param created when
 * @param directory the job's own folder for batch files, {@code errors.csv} and temporary files; absolute
 * @param state where it stands; {@link JobState#INTERRUPTED} if it should be running and nobody holds it
 * @param reason why it waits, if it is paused
 * @param message one line about the state, for a person; may be empty
 * @param holder who holds it, or held it last
 * @param output what was published, if anything
 */
public record JobRecord(
        String id,
        JobPlan plan,
        Instant created,
        Path directory,
        JobState state,
        Optional<PauseReason> reason,
        String message,
        Optional<Holder> holder,
        Optional<PublishedFile> output) {
    public JobRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
    }
}
