package dev.pigeonhole.web.job;

import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.ledger.Bill;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How fast a run was and what was spent, over its time. Keeps a bounded number of points, the finer the shorter the run. Not thread-safe. */
final class JobSeries {
    static final int MOST_POINTS = 300;
    private static final double RECENT_SECONDS = 10;

    /**
     * @param seconds since the run began
     * @param dollars not a number if that is not known
     */
    record Point(double seconds, long rows, double dollars) {}

    private final List<Point> points = new ArrayList<>();
    private final List<Point> recent = new ArrayList<>();
    private double step = 1;

    void add(Progress progress) {
        Point point = new Point(progress.elapsed().toMillis() / 1e3, progress.doneNow(), dollars(progress.bill()));
        recent.add(point);
        while (recent.size() > 2 && recent.get(1).seconds() < point.seconds() - RECENT_SECONDS) {
            recent.remove(0);
        }
        if (points.isEmpty() || point.seconds() - points.get(points.size() - 1).seconds() >= step) {
            points.add(point);
        }
        if (points.size() > MOST_POINTS) {
            thinOut();
        }
    }

    /** An unknown price is no price of zero. */
    private static double dollars(Bill bill) {
        return bill.unpriced() > 0 ? Double.NaN : bill.cost().toDollars().doubleValue();
    }

    /** Every second point goes; the ones to come are as far apart. */
    private void thinOut() {
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i += 2) {
            kept.add(points.get(i));
        }
        points.clear();
        points.addAll(kept);
        step *= 2;
    }

    /** Rows in a second lately. */
    OptionalDouble rate() {
        return recent.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(rate(recent.get(0), recent.get(recent.size() - 1)));
    }

    /** {@code [seconds, rows in a second since the point before]}. */
    List<List<Double>> rates() {
        List<List<Double>> rates = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            rates.add(List.of(points.get(i).seconds(), rounded(rate(points.get(i - 1), points.get(i)))));
        }
        return rates;
    }

    /** {@code [seconds, dollars spent]}. */
    List<List<Double>> costs() {
        return points.stream()
                .filter(point -> !Double.isNaN(point.dollars()))
                .map(point -> List.of(point.seconds(), point.dollars()))
                .toList();
    }

    private static double rate(Point from, Point to) {
        double seconds = to.seconds() - from.seconds();
        return seconds <= 0 ? 0 : Math.max(0, (to.rows() - from.rows()) / seconds);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
