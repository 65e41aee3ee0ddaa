package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.ledger.Bill;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSeriesTest {
    private final JobSeries series = new JobSeries();

    private void at(long seconds, long rows) {
        series.add(new Progress(
                1_000_000,
                new Counts(rows, 0, 0, 0),
                0,
                rows,
                Duration.ZERO,
                1,
                0,
                1,
                0,
                Bill.NONE,
                Duration.ofSeconds(seconds),
                Duration.ZERO,
                Optional.empty()));
    }

    @Test
    void saysNothingBeforeThereAreTwoPoints() {
        assertThat(series.rate()).isEmpty();
        at(1, 10);
        assertThat(series.rate()).isEmpty();
        assertThat(series.rates()).isEmpty();
    }

    @Test
    void theRateIsTheRecentOne() {
        for (int second = 1; second <= 100; second++) {
            at(second, second * 10L);
        }
        for (int second = 101; second <= 120; second++) {
            at(second, 1_000 + (second - 100));
        }
        assertThat(series.rate().orElseThrow()).isBetween(0.9, 1.1);
    }

    @Test
    void keepsABoundedNumberOfPointsHoweverLongTheRunIs() {
        for (int second = 1; second <= 20_000; second++) {
            at(second, second * 5L);
        }
        List<List<Double>> rates = series.rates();
        assertThat(rates).hasSizeBetween(100, JobSeries.MOST_POINTS);
        assertThat(rates).allSatisfy(point -> assertThat(point.get(1)).isEqualTo(5.0));
        assertThat(series.costs()).hasSizeLessThanOrEqualTo(JobSeries.MOST_POINTS);
    }
}
