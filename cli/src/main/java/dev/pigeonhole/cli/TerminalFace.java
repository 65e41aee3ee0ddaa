package dev.pigeonhole.cli;

import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import java.time.Duration;
import java.util.Locale;

/** One line on a terminal, drawn anew a few times a second. */
final class TerminalFace implements Face {
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final Terminal terminal;
    private final int batchSize;
    private final Eta eta;
    private long drawnAt = System.nanoTime() - REDRAW.toNanos();
    private boolean lineOpen;
    private String waiting = "";

    TerminalFace(Terminal terminal, int batchSize, int subBatchSize) {
        this.terminal = terminal;
        this.batchSize = batchSize;
        this.eta = new Eta(subBatchSize);
    }

    @Override
    public void on(JobEvent event) {
        if (event instanceof JobEvent.Advanced advanced) {
            String left = eta.text(advanced.progress());
            if (System.nanoTime() - drawnAt >= REDRAW.toNanos()
                    || advanced.progress().left() == 0) {
                draw(advanced.progress(), left);
            }
        } else if (event instanceof JobEvent.Notice notice) {
            above(terminal.yellow("note: ") + Plain.text(notice.message()));
        } else if (event instanceof JobEvent.Retrying retrying) {
            waiting = "waiting " + Plain.duration(retrying.delay()) + " ("
                    + retrying.cause().text() + ")";
        }
    }

    @Override
    public void end() {
        clear();
    }

    private void draw(Progress progress, String left) {
        drawnAt = System.nanoTime();
        long batches = (progress.rows() + batchSize - 1) / batchSize;
        String strip = BatchStrip.of(progress.batches(), batches, progress.done(), progress.rows());
        String failed = progress.counts().failed() == 0
                ? ""
                : "  " + Plain.number(progress.counts().failed()) + " failed";
        String text = String.format(Locale.ROOT, " %3d%% %s  ", progress.percent(), strip) + Face.rows(progress)
                + "  " + Plain.number(Face.rowsPerSecond(progress)) + "/s" + failed
                + (left.isEmpty() ? "" : "  " + left)
                + (progress.waiting() == 0 || waiting.isEmpty() ? "" : "  " + waiting);
        int width = Math.max(1, terminal.columns() - 1);
        terminal.err().print("\r\u001b[2K" + (text.length() <= width ? text : text.substring(0, width)));
        terminal.err().flush();
        lineOpen = true;
    }

    private void above(String line) {
        clear();
        terminal.err().println(line);
        terminal.err().flush();
    }

    private void clear() {
        if (lineOpen) {
            terminal.err().print("\r\u001b[2K");
            terminal.err().flush();
            lineOpen = false;
        }
    }
}
