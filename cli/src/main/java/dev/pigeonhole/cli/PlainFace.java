package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Lines for a log: one for every 5 % (but no more than one a second) or 30 seconds, and one for what else happens. */
final class PlainFace implements Face {
    private static final int STEP_PERCENT = 5;
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final PrintWriter err;
    private final Clock clock;
    private final EtaText eta;
    private final Optional<Money> cap;
    private String job = "";
    private int saidPercent;
    private Duration saidAt = Duration.ZERO;

    /** @param cap the most that the job may cost, if it has a cap */
    PlainFace(PrintWriter err, Clock clock, int subBatchSize, Optional<Money> cap) {
        this.err = err;
        this.clock = clock;
        this.eta = new EtaText(subBatchSize);
        this.cap = cap;
    }

    @Override
    public void on(JobEvent event) {
        if (event instanceof JobEvent.Started started) {
            job = started.job().id();
            say(
                    "INFO",
                    "started",
                    "rows=" + started.job().plan().profile().rows() + " done=" + started.done() + " concurrency="
                            + started.concurrency());
        } else if (event instanceof JobEvent.Advanced advanced) {
            advanced(advanced.progress(), eta.of(advanced.progress()));
        } else if (event instanceof JobEvent.Notice notice) {
            say("WARN", "notice", "message=\"" + Plain.text(notice.message()) + "\"");
        } else if (event instanceof JobEvent.Waiting waiting) {
            LaneStatus status = waiting.status();
            say(
                    "INFO",
                    "lane",
                    "submissions=" + status.submissions() + " answered=" + status.answered() + "/" + status.questions()
                            + " rows=" + status.rows()
                            + status.deadline().map(time -> " deadline=" + time).orElse(""));
        } else if (event instanceof JobEvent.Retrying retrying) {
            say(
                    "WARN",
                    "waiting",
                    "cause=" + retrying.cause() + " attempts=" + retrying.attempts() + " seconds="
                            + Math.max(1, retrying.delay().toSeconds()));
        }
    }

    private void advanced(Progress progress, String left) {
        Duration silence = progress.elapsed().minus(saidAt);
        boolean step = progress.percent() >= saidPercent + STEP_PERCENT && silence.compareTo(LEAST_SILENCE) >= 0;
        boolean late = silence.compareTo(LONGEST_SILENCE) >= 0;
        if (step || late) {
            saidPercent = progress.percent() - progress.percent() % STEP_PERCENT;
            saidAt = progress.elapsed();
            Counts counts = progress.counts();
            say(
                    "INFO",
                    "progress",
                    "rows=" + progress.done() + "/" + progress.rows() + " pct=" + progress.percent()
                            + " categorized=" + counts.categorized() + " unmatched=" + counts.unmatched() + " failed="
                            + counts.failed() + " skipped=" + counts.skipped() + " batches=" + progress.batches()
                            + " rows_per_s=" + Face.rowsPerSecond(progress)
                            + money(progress)
                            + known(progress)
                            + (progress.waiting() == 0 ? "" : " waiting=" + progress.waiting())
                            + (left.isEmpty() ? "" : " left=\"" + left + "\""));
        }
    }

    private String money(Progress progress) {
        String spend = Face.spend(progress, cap);
        return spend.isEmpty()
                ? ""
                : " spend=\"" + spend + "\" tokens=" + progress.bill().usage().total();
    }

    private static String known(Progress progress) {
        return progress.sentinels()
                .filter(sentinels -> sentinels.judged() > 0)
                .map(sentinels -> " known_right=" + sentinels.right() + "/" + sentinels.judged())
                .orElse("");
    }

    private void say(String level, String what, String details) {
        err.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + level + " " + what
                + (job.isEmpty() ? "" : " job=" + job) + " " + details);
        err.flush();
    }
}
