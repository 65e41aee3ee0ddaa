package dev.pigeonhole.web.job;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.combine.ErrorsFile;
import dev.pigeonhole.core.combine.PartialOutput;
import dev.pigeonhole.core.combine.SpreadsheetCopy;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.workspace.JobOptions;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.Normalizer;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the result of a job as a file, as far as there is one. Immutable. */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int MOST_NAME_CHARS = 100;

    /** What kinds there are. */
    enum Format {
        CSV,
        EXCEL,
        ERRORS
    }

    private final JobRecord job;
    private final Moment moment;
    private final JobRows rows;
    private final JobOptions options;

    Download(Moment moment, JobRows rows) {
        this.job = moment.job();
        this.moment = moment;
        this.rows = rows;
        this.options = JobDesk.options(moment.job());
    }

    static Optional<Format> format(String name) {
        return switch (name) {
            case "csv" -> Optional.of(Format.CSV);
            case "excel" -> Optional.of(Format.EXCEL);
            case "errors" -> Optional.of(Format.ERRORS);
            default -> Optional.empty();
        };
    }

    /** What people said is in it, whether the output has it yet or not. */
    void send(Format format, Context context) throws IOException {
        if (format != Format.CSV || !isPublishedAsItIs()) {
            requireReadable();
        }
        boolean complete = moment.waiting() == 0; // Also while reviews are being written into the output.
        context.res().setStatus(200);
        context.res().setContentType("text/csv;charset=utf-8");
        context.res().setHeader("Content-Disposition", attachment(name(format, complete)));
        context.res().setHeader("X-Complete", Boolean.toString(complete));
        OutputStream target = context.res().getOutputStream();
        try {
            write(format, target);
            target.flush();
        } catch (IOException | PigeonholeException e) {
            LOG.warn("a download broke off job={} message={}", job.id(), e.getMessage());
            breakOff(context);
        }
    }

    private void write(Format format, OutputStream target) throws IOException {
        switch (format) {
            case CSV -> csv(target);
            case EXCEL -> excel(target);
            case ERRORS -> errors(target);
        }
    }

    /** Half a file must not look like a whole one: without an end of the answer, the client knows. */
    private static void breakOff(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    /** Found out before the first byte, while a problem can still be told. */
    private void requireReadable() {
        options.source().records(job.plan().profile(), 1).close();
    }

    private void csv(OutputStream target) throws IOException {
        if (isPublishedAsItIs()) {
            Files.copy(job.plan().output(), target);
        } else {
            partial(options.outputBom(), target);
        }
    }

    private boolean isPublishedAsItIs() throws IOException {
        return moment.status().isFinished()
                && moment.figures().unpublished() == 0
                && job.output().isPresent()
                && Files.isRegularFile(job.plan().output())
                && Files.size(job.plan().output()) == job.output().get().bytes();
    }

    private void partial(boolean bom, OutputStream target) throws IOException {
        new PartialOutput(options.source(), job.plan().profile(), bom).writeTo(target, rows::forEach);
    }

    private void excel(OutputStream target) throws IOException {
        SpreadsheetCopy copy =
                new SpreadsheetCopy(target, job.plan().profile().dialect().outputDelimiter());
        partial(false, copy);
        copy.finish();
    }

    private void errors(OutputStream target) throws IOException {
        CsvProfile profile = job.plan().profile();
        int size = options.batchSize();
        new ErrorsFile(options.source(), profile, row -> RowView.batchOf(row, size)).writeTo(target, rows::forEach);
    }

    // ---- the name of the file

    private String name(Format format, boolean complete) {
        String base = moment.file().replaceAll("(?i)\\.(csv|tsv|txt)$", "");
        String what = switch (format) {
            case CSV -> "-categorized";
            case EXCEL -> "-categorized-excel";
            case ERRORS -> "-errors";
        };
        String part = complete ? "" : "-partial-" + moment.counts().total() + "-of-" + moment.rows();
        return harmless(base) + what + part + ".csv";
    }

    /** A name may hold anything; what means something to a file system or a header goes. */
    static String harmless(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFC)
                .replaceAll("[\\p{C}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|;%]+", "_")
                .replaceAll("^[.\\s]+|[.\\s]+$", "");
        String cut = plain.codePoints()
                .limit(MOST_NAME_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return cut.isEmpty() ? "result" : cut;
    }

    /** RFC 6266: a name in plain letters for old clients, and the real one. */
    static String attachment(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^ -~]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
