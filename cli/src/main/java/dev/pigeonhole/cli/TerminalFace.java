package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.workspace.LaneWords;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One line on a terminal, drawn anew a few times a second. */
final class TerminalFace implements Face {
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final Terminal terminal;
    private final int batchSize;
    private final EtaText eta;
    private final Optional<Money> cap;
    private long drawnAt = System.nanoTime() - REDRAW.toNanos();
    private boolean lineOpen;
    private String waiting = "";
    private long waitingUntil = drawnAt;

    /** @param cap the most that the job may cost, if it has a cap */
    TerminalFace(Terminal terminal, int batchSize, int subBatchSize, Optional<Money> cap) {
        this.terminal = terminal;
        this.batchSize = batchSize;
        this.eta = new EtaText(subBatchSize);
        this.cap = cap;
    }

    @Override
    public void on(JobEvent event) {
        if (event instanceof JobEvent.Advanced advanced) {
            String left = eta.of(advanced.progress());
            if (System.nanoTime() - drawnAt >= REDRAW.toNanos()
                    || advanced.progress().left() == 0) {
                draw(advanced.progress(), left);
            }
        } else if (event instanceof JobEvent.Notice notice) {
            above(terminal.yellow("note: ") + Plain.text(notice.message()));
        } else if (event instanceof JobEvent.Waiting under) {
            drawLine(" " + LaneWords.of(under.status()));
        } else if (event instanceof JobEvent.Retrying retrying) {
            waiting = "waiting " + Plain.duration(retrying.delay()) + " ("
                    + retrying.cause().text() + ")";
            waitingUntil = System.nanoTime() + retrying.delay().toNanos();
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
                + behind(Face.spend(progress, cap))
                + behind(progress.sentinels().map(SentinelText::brief).orElse(""))
                + behind(left)
                + behind(waiting(progress));
        drawLine(text);
    }

    private void drawLine(String text) {
        int width = Math.max(1, terminal.columns() - 1);
        terminal.err().print("\r\u001b[2K" + (text.length() <= width ? text : text.substring(0, width)));
        terminal.err().flush();
        lineOpen = true;
    }

    private static String behind(String part) {
        return part.isEmpty() ? "" : "  " + part;
    }

    private String waiting(Progress progress) {
        if (progress.waiting() == 0) {
            return "";
        }
        return System.nanoTime() - waitingUntil < 0
                ? waiting
                : Plain.count(progress.waiting(), "call waits", "calls wait") + " for the limit";
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
