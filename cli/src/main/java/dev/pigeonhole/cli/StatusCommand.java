package dev.pigeonhole.cli;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.workspace.Forecast;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code status}: how a job stands. Reads only; works beside a run. */
@Command(name = "status", description = "Show how a job stands.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB",
            defaultValue = "",
            description = "Its id or name. Default: the newest.")
    private String job = "";

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Override
    public Integer call() {
        try (CheckpointStore store = JobRunner.existingStore(workspace.workspace)) {
            JobRecord record = job.isEmpty() ? Jobs.newest(store, any -> true, "job") : Jobs.named(store, job);
            Tally tally = store.tally(record.id());
            Bill bill = store.bill(record.id());
            parent.console()
                    .out()
                    .println(workspace.json ? new Json().line(json(record, tally, bill)) : text(record, tally, bill));
            return ExitCode.DONE;
        }
    }

    private static String text(JobRecord job, Tally tally, Bill bill) {
        Counts counts = tally.counts();
        long rows = job.plan().profile().rows();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "job",
                job.id()
                        + (job.plan().name().isEmpty()
                                ? ""
                                : " (" + Plain.text(job.plan().name()) + ")"));
        line(text, "state", state(job));
        line(text, "input", Plain.text(job.plan().input().toString()));
        line(
                text,
                "rows",
                Plain.number(rows) + " = " + Plain.number(counts.categorized()) + " categorized + "
                        + Plain.number(counts.unmatched()) + " unmatched + " + Plain.number(counts.failed())
                        + " failed + "
                        + Plain.number(counts.skipped()) + " without text + " + Plain.number(rows - counts.total())
                        + " to do");
        line(
                text,
                "output",
                Plain.text(job.plan().output().toString()) + (job.output().isPresent() ? "" : " (not yet)"));
        if (bill.sent() > 0) {
            line(text, "calls", Plain.number(bill.sent()));
            line(text, "cost", BillText.line(bill, quote(job), job.state().isFinished()));
            BillText.unanswered(bill, job.directory(), job.state().isFinished())
                    .ifPresent(note -> line(text, "note", note));
        }
        line(text, "folder", Plain.text(job.directory().toString()));
        if (job.state() == JobState.RUNNING) {
            job.holder().ifPresent(holder -> line(text, "held by", Plain.text(holder.toString())));
        }
        return text.toString().stripTrailing();
    }

    private static Optional<Forecast> quote(JobRecord job) {
        return Forecast.of(job.plan().launch());
    }

    static String state(JobRecord job) {
        String reason = job.reason().map(r -> " (" + r.text() + ")").orElse("");
        String message = job.message().isEmpty() || job.state().isFinished() || job.state() == JobState.RUNNING
                ? ""
                : ": " + Plain.text(job.message());
        return JsonFace.state(job.state()).replace('_', ' ') + reason + message;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(9, name, value));
    }

    static Map<String, @Nullable Object> json(JobRecord job, Tally tally, Bill bill) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "status");
        map.put("v", 1);
        map.put("job", job.id());
        map.put("name", job.plan().name());
        map.put("state", JsonFace.state(job.state()));
        map.put("reason", job.reason().map(Enum::name).orElse(""));
        map.put("message", job.message());
        map.put("input", job.plan().input().toString());
        map.put("output", job.plan().output().toString());
        map.put("published", job.output().isPresent());
        map.put("directory", job.directory().toString());
        map.put("created", job.created().toString());
        map.put("rows", job.plan().profile().rows());
        map.putAll(JsonFace.counts(tally.counts()));
        map.put("left", job.plan().profile().rows() - tally.counts().total());
        map.put("categories", tally.byCategory());
        map.put("causes", tally.byCause());
        map.put("bill", BillText.json(bill));
        map.put(
                "quote",
                quote(job).map(quote -> BillText.quote(quote, bill, job.state().isFinished())));
        map.put("sha256", job.output().map(PublishedFile::sha256));
        return map;
    }
}
