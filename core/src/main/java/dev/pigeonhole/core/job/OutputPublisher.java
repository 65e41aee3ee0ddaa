package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.combine.BatchFileWriter;
import dev.pigeonhole.core.combine.Combiner;
import dev.pigeonhole.core.combine.DamagedPartException;
import dev.pigeonhole.core.combine.ErrorsFileWriter;
import dev.pigeonhole.core.combine.ResultColumns;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Joins the batch files of a complete job into its output, checks that the numbers add up, and only then publishes it. */
final class OutputPublisher {
    private static final int MOST_REPAIRS = 3;

    private final JobLease lease;
    private final BatchFileWriter batchFiles;
    private final ErrorsFileWriter errorsFile;
    private final Combiner combiner;
    private final Runnable lastLook;
    private final Disk disk;
    private final boolean bom;
    private final boolean overwrite;

    /** @param lastLook throws if what was read for the output must not be used */
    OutputPublisher(
            JobLease lease,
            BatchFileWriter batchFiles,
            ErrorsFileWriter errorsFile,
            Combiner combiner,
            Runnable lastLook,
            Disk disk,
            boolean bom,
            boolean overwrite) {
        this.lease = lease;
        this.batchFiles = batchFiles;
        this.errorsFile = errorsFile;
        this.combiner = combiner;
        this.lastLook = lastLook;
        this.disk = disk;
        this.bom = bom;
        this.overwrite = overwrite;
    }

    /** What stands at a job's output path. */
    enum Standing {
        /** Nothing. */
        ABSENT,
        /** What the job published. */
        OURS,
        /** Something else: another file, or ours with changes. */
        FOREIGN
    }

    static Standing standing(JobRecord job) {
        Path output = job.plan().output();
        if (!Files.exists(output)) {
            return Standing.ABSENT;
        }
        boolean ours = job.output().isPresent()
                && sha256(output).equals(job.output().get().sha256());
        return ours ? Standing.OURS : Standing.FOREIGN;
    }

    /** Publishes {@code errors.csv} and the output; a batch file that was damaged meanwhile is made again. */
    Tally publish() {
        errorsFile.write();
        for (int repairs = 0; ; repairs++) {
            try {
                return combineAndPublish();
            } catch (DamagedPartException e) {
                if (repairs == MOST_REPAIRS) {
                    throw new StorageException(e.getMessage() + " again and again", e);
                }
                repairAll();
            }
        }
    }

    private Tally combineAndPublish() {
        Path target = lease.job().plan().output();
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + lease.job().id() + ".part");
        CsvProfile profile = lease.job().plan().profile();
        try (DurableFile file = DurableFile.create(disk, target, temporary)) {
            long rows = combiner.combine(head(profile), this::parts, file.stream());
            file.seal();
            Tally tally = lease.tally();
            if (rows != profile.rows() || !Summary.addsUp(profile.rows(), tally)) {
                throw new IllegalStateException(
                        "the numbers do not add up, so the output was not published: the input has " + profile.rows()
                                + " rows, the batch files " + rows + ", the store says " + tally);
            }
            PublishedFile output = new PublishedFile(rows, file.bytes(), file.sha256());
            requireNotForeign(output);
            lastLook.run();
            lease.publishOutput(output, file::publish);
            return tally;
        } catch (IOException e) {
            throw new StorageException("cannot write the output " + target + ": " + e.getMessage(), e);
        }
    }

    /** What is replaced must be ours: published before, or moved into place just before a sudden end and not recorded. */
    private void requireNotForeign(PublishedFile output) {
        JobRecord job = lease.job();
        if (!overwrite
                && standing(job) == Standing.FOREIGN
                && !sha256(job.plan().output()).equals(output.sha256())) {
            throw new ConfigurationException("the output " + job.plan().output()
                    + " exists and is not what this job wrote; move it away, then resume the job. Nothing was lost");
        }
    }

    private byte[] head(CsvProfile profile) {
        return ResultColumns.head(profile, bom).getBytes(StandardCharsets.UTF_8);
    }

    private void parts(Consumer<Combiner.Part> consumer) {
        Path directory = lease.job().directory();
        lease.forEachBatch(batch -> consumer.accept(
                new Combiner.Part(batch.number(), BatchFileWriter.file(directory, batch.number()), batch.file())));
    }

    /** Looks at all, not only at the one that was noticed: what damaged one may have damaged more. */
    private void repairAll() {
        Path directory = lease.job().directory();
        List<FinishedBatch> damaged = new ArrayList<>();
        lease.forEachBatch(batch -> {
            Path file = BatchFileWriter.file(directory, batch.number());
            if (!Files.isRegularFile(file) || !sha256(file).equals(batch.file().sha256())) {
                damaged.add(batch);
            }
        });
        damaged.forEach(batch -> batchFiles.write(batch.number(), batch.firstRow(), batch.lastRow()));
    }

    private static String sha256(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return Digest.sha256(channel);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
