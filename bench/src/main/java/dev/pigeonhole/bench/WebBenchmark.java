package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A large job as a user of the page meets it: the real server, asked over HTTP.
 *
 * @param example the folder of Banking77
 * @param times how often each look is taken, at least once
 */
record WebBenchmark(Path folder, Path example, long rows, int times) {
    private static final int CLIENTS = 8;
    /** Of the 256 connections that there can be. */
    private static final int SLOW_VISITORS = 200;

    private static final Set<String> FREQUENT = Set.of("rows, first page", "facets", "the job");
    private static final double MOST_MILLIS = 300;
    private static final long MOST_SECONDS = 1_200;
    private static final List<String> MAKER = List.of("-Xmx64m", "-XX:+UseSerialGC");
    /** Both compilers, as the launcher serves. */
    private static final List<String> SERVER = List.of("-Xmx128m", "-XX:+UseSerialGC");

    void run() throws IOException, InterruptedException {
        Child made = Child.run(WebJob.class, MAKER, folder, example, rows);
        try (WebServer server = WebServer.start(folder, SERVER)) {
            measure(server, made);
        }
    }

    private void measure(WebServer server, Child made) throws IOException, InterruptedException {
        String job = made.text("job");
        List<WebLook> looks = WebLook.all(job, rows, WebJob.categories(example));
        double first = millis(server, "/jobs/" + job + "/rows?limit=50");
        double searchable = untilSearchable(server, job);
        String what = Report.number(rows) + " rows, " + Report.megabytes(made.number("bytes") >> 10) + " MB";
        head(what + ", one client; first look " + seconds(first) + " s, made searchable in " + seconds(searchable)
                + " s");
        for (WebLook look : looks) {
            long before = server.cpuMillis();
            double[] millis = one(server, look, times, new Random(3));
            line(look, millis, server.cpuMillis() - before);
        }
        head(CLIENTS + " clients at once");
        for (WebLook look : looks) {
            long before = server.cpuMillis();
            double[] millis = many(server, look);
            line(look, millis, server.cpuMillis() - before);
        }
        besideSlowVisitors(server, looks);
        tell(server.stop());
    }

    /** The looks that a page takes again and again. */
    private void besideSlowVisitors(WebServer server, List<WebLook> looks) throws IOException, InterruptedException {
        try (SlowVisitors visitors = new SlowVisitors(server.address(), SLOW_VISITORS)) {
            head("one client beside " + SLOW_VISITORS + " connections that send a byte a second");
            for (WebLook look : looks) {
                if (FREQUENT.contains(look.name())) {
                    long before = server.cpuMillis();
                    double[] millis = one(server, look, times * CLIENTS, new Random(4));
                    line(look, millis, server.cpuMillis() - before);
                }
            }
            System.out.println("\n" + visitors.cutOff() + " of them were cut off meanwhile, and came again");
        }
    }

    private static void head(String title) {
        Report.head(title, "what", "p50 ms", "p95 ms", "p99 ms", "longest ms", "CPU ms each", "");
    }

    private static double untilSearchable(WebServer server, String job) throws IOException, InterruptedException {
        long began = System.nanoTime();
        String search = "/jobs/" + job + "/rows?q=card&limit=1";
        for (int status = server.ask(search); status != 200; status = server.ask(search)) {
            if (status != 503 || System.nanoTime() - began > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                throw new IOException("the job cannot be searched: " + status);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static double millis(WebServer server, String path) throws IOException, InterruptedException {
        long began = System.nanoTime();
        server.get(path);
        return (System.nanoTime() - began) / 1e6;
    }

    private static double[] one(WebServer server, WebLook look, int times, Random random)
            throws IOException, InterruptedException {
        double[] all = new double[times];
        for (int i = 0; i < times; i++) {
            all[i] = millis(server, "/jobs" + look.path().apply(random));
        }
        return all;
    }

    private double[] many(WebServer server, WebLook look) throws IOException, InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<double[]>> waited = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(100 + client);
                waited.add(clients.submit(() -> one(server, look, Math.max(1, times / CLIENTS), random)));
            }
            List<double[]> all = new ArrayList<>();
            for (Future<double[]> one : waited) {
                all.add(one.get());
            }
            return all.stream().flatMapToDouble(Arrays::stream).toArray();
        } catch (ExecutionException e) {
            throw new IOException(look.name(), e);
        } finally {
            clients.shutdownNow();
        }
    }

    private static void line(WebLook look, double[] millis, long cpuMillis) {
        Arrays.sort(millis);
        double p95 = millis[millis.length * 95 / 100];
        Report.line(
                look.name(),
                rounded(millis[millis.length / 2]),
                rounded(p95),
                rounded(millis[millis.length * 99 / 100]),
                rounded(millis[millis.length - 1]),
                rounded(cpuMillis / (double) millis.length),
                p95 <= MOST_MILLIS ? "ok" : "**missed**");
    }

    private static void tell(Map<String, String> figures) {
        System.out.println("\nThe server: heap after collection " + megabytes(figures, "heap_after_gc_kb")
                + " MB, heap peak " + megabytes(figures, "heap_peak_kb") + " MB, resident peak "
                + megabytes(figures, "rss_peak_kb") + " MB");
    }

    private static String megabytes(Map<String, String> figures, String name) {
        return Report.megabytes(Long.parseLong(figures.getOrDefault(name, "0")));
    }

    private static String seconds(double millis) {
        return Report.seconds((long) millis);
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
