package dev.pigeonhole.bench;

import dev.pigeonhole.bench.LlmScenario.Meanwhile;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.Stats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The scenarios of a run with a language model, and their goals. Stateless. */
final class LlmScenarios {
    private static final long ROWS = 40_000;
    private static final long CALLS = ROWS / 20;
    private static final List<String> PLACES_100 = List.of("-j", "100");
    private static final String SECOND = "--latency=fixed:1000";
    private static final String THIRD_OF_SECOND = "--latency=fixed:300";

    /** A second of latency and 100 places, as in P1. */
    static final double IDEAL_WALL = CALLS / 100.0;

    /** Nobody can find them out from one answer. */
    private static final Set<Fault> UNDETECTABLE = EnumSet.of(Fault.SWAPPED, Fault.SHIFTED);

    /** Billed, and of little use. */
    private static final Set<Fault.Kind> BROKEN_ANSWERS = EnumSet.of(Fault.Kind.CONTENT, Fault.Kind.DELIVERY);

    private LlmScenarios() {}

    static List<LlmScenario> all() {
        return List.of(
                places("P1", 100, ROWS),
                places("P1-16", 16, ROWS / 5),
                places("P1-64", 64, ROWS / 5 * 4),
                places("P1-256", 256, 200_000),
                rpm("P2", "6,000 rpm told, bucket of 1 s", List.of("--option", "rpm=6000"), 0.97, 0.01),
                rpm("P3", "6,000 rpm not told, bucket of 1 s", List.of(), 0.95, 0.02),
                tpm(),
                errors(),
                manyErrors(),
                heavyTail(),
                brokenAnswers(),
                changingLimit(),
                outage(),
                fewPlaces(),
                noLatency(),
                hangs());
    }

    private static LlmScenario places(String name, int places, long rows) {
        return new LlmScenario(
                name,
                "a second each, " + places + " places",
                rows,
                List.of(SECOND),
                List.of("-j", Integer.toString(places)),
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast("fill", 0.97, run.fill(places)),
                        Goal.exactly(
                                "calls", run.output().rows() / 20, run.stats().calls()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario rpm(String name, String what, List<String> product, double ofLimit, double refused) {
        return new LlmScenario(
                name,
                what,
                ROWS,
                List.of(THIRD_OF_SECOND, "--rpm=6000", "--bucket-seconds=1"),
                with(PLACES_100, product),
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast("of the rpm", ofLimit, run.ofRpm(6_000)),
                        Goal.atMost("share of 429", refused, run.stats().limitedShare()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario tpm() {
        return new LlmScenario(
                "P4",
                "5.0 M tpm told, bucket of 1 s",
                ROWS,
                List.of(THIRD_OF_SECOND, "--tpm=5000000", "--bucket-seconds=1"),
                with(PLACES_100, List.of("--option", "tpm=5000000")),
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast("of the tpm, as billed", 0.95, run.ofTpm(5_000_000)),
                        Goal.atMost("share of 429", 0.02, run.stats().limitedShare()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario errors() {
        return new LlmScenario(
                "P5",
                "10 % 500, 5 % 429 with retry-after 1 s",
                ROWS,
                List.of(SECOND, "--fault=ERROR_500=0.10", "--fault=RATE_LIMIT_429=0.05,pause=1s"),
                PLACES_100,
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast("fill", 0.95, run.fill(100)),
                        Goal.atMost(
                                "wall s (1.10 x own P1)",
                                1.10 * run.wallOfP1(),
                                run.stats().wallSeconds()),
                        Goal.exactly("rows paid for again", 0, run.bill().billedAgain()),
                        noCallTooMany(run),
                        Goal.clean(run.output())));
    }

    /** Those that the rows and the refusals make. */
    private static Goal noCallTooMany(LlmRun run) {
        long refused = run.happened(Fault.ERROR_500) + run.happened(Fault.RATE_LIMIT_429);
        return Goal.exactly(
                "calls", run.output().rows() / 20 + refused, run.stats().calls());
    }

    private static LlmScenario manyErrors() {
        return new LlmScenario(
                "P5-30",
                "30 % of the calls fail: 20 % 500, 10 % 429",
                ROWS,
                List.of(THIRD_OF_SECOND, "--fault=ERROR_500=0.20", "--fault=RATE_LIMIT_429=0.10"),
                PLACES_100,
                Meanwhile.NOTHING,
                run -> List.of(
                        noCallTooMany(run),
                        Goal.exactly("rows paid for again", 0, run.bill().billedAgain()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario heavyTail() {
        return new LlmScenario(
                "P6",
                "median 0.8 s, 2 % take 4 to 20 s",
                ROWS,
                List.of("--latency=heavy:800:0.02:4000-20000"),
                PLACES_100,
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast("fill", 0.96, run.fill(100)),
                        Goal.exactly("rows paid for again", 0, run.bill().billedAgain()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario brokenAnswers() {
        List<String> server = new ArrayList<>(List.of("--latency=fixed:200"));
        for (Fault fault : Fault.values()) {
            if (BROKEN_ANSWERS.contains(fault.kind()) && !UNDETECTABLE.contains(fault)) {
                server.add("--fault=" + fault + "=0.01");
            }
        }
        return new LlmScenario(
                "P7",
                "every broken answer, 1 % each (" + (server.size() - 1) + " kinds)",
                20_000,
                server,
                with(PLACES_100, List.of("--option", "timeout=10")),
                Meanwhile.NOTHING,
                LlmScenarios::brokenAnswersGoals);
    }

    private static List<Goal> brokenAnswersGoals(LlmRun run) {
        double rows = run.output().rows();
        return List.of(
                Goal.clean(run.output()),
                Goal.atMost("rows billed / rows", 1.16, run.bill().billed() / rows),
                Goal.atMost(
                        "rows billed / rows that could not be helped",
                        1,
                        run.bill().billed() / (rows + needed(run))),
                Goal.exactly("rows paid for again", 0, run.bill().billedAgain()));
    }

    /** Rows whose answers were of no use, so that they had to be asked about once more. */
    private static double needed(LlmRun run) {
        return run.stats().byFault().entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * Loss.of(entry.getKey(), 20))
                .sum();
    }

    private static LlmScenario changingLimit() {
        return new LlmScenario(
                "P8",
                "12,000 -> 3,000 -> 12,000 rpm, not told, bucket of 1 s",
                ROWS,
                List.of(THIRD_OF_SECOND, "--rpm=12000", "--bucket-seconds=1"),
                PLACES_100,
                LlmScenarios::quarterForTenSeconds,
                run -> List.of(
                        Goal.atLeast("of the rpm", 0.93, ofChangingRpm(run.stats())),
                        Goal.atMost("share of 429", 0.03, run.stats().limitedShare()),
                        Goal.clean(run.output())));
    }

    private static void quarterForTenSeconds(FakeServer server) throws IOException, InterruptedException {
        while (server.stats().calls() == 0) {
            Thread.sleep(10);
        }
        Thread.sleep(4_000);
        server.limit(3_000);
        Thread.sleep(10_000);
        server.limit(12_000);
    }

    private static double ofChangingRpm(Stats stats) {
        double end = stats.arrivalSeconds();
        double low = Math.max(0, Math.min(end, 14) - 4);
        return stats.admitted() / ((end - low) * 200 + low * 50);
    }

    private static LlmScenario outage() {
        return new LlmScenario(
                "P9",
                "5 s of 503, from the 8th second on",
                ROWS,
                List.of(SECOND, "--fault=UNAVAILABLE_503,from=8s,until=13s"),
                PLACES_100,
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atMost(
                                "wall s (own P1 + 7 s)",
                                run.wallOfP1() + 7,
                                run.stats().wallSeconds()),
                        Goal.atMost("calls into the outage", 400, (double) run.happened(Fault.UNAVAILABLE_503)),
                        Goal.exactly("rows paid for again", 0, run.bill().billedAgain()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario fewPlaces() {
        return new LlmScenario(
                "P11",
                "8 places at the server, 32 in flight, 250 ms each",
                20_000,
                List.of("--latency=fixed:250", "--places=8"),
                List.of("-j", "32"),
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atLeast(
                                "fill of the 8",
                                0.96,
                                run.stats().calls() * 0.25 / 8 / run.stats().wallSeconds()),
                        Goal.exactly(
                                "calls", run.output().rows() / 20, run.stats().calls()),
                        Goal.clean(run.output())));
    }

    /** The peer's figures are of the research, not of this run: 1.14 to 1.41 ms and 340 to 460 calls a second. */
    private static LlmScenario noLatency() {
        return new LlmScenario(
                "P12",
                "no latency, 32 places",
                100_000,
                List.of(),
                List.of("-j", "32"),
                Meanwhile.NOTHING,
                run -> List.of(
                        Goal.atMost("CPU ms a call, start included", 0.8 * 1.41, run.cpuMillisPerCall()),
                        Goal.atLeast(
                                "calls a second, start included",
                                1.3 * 340,
                                run.stats().calls() * 1_000.0 / run.product().wallMillis()),
                        Goal.clean(run.output())));
    }

    private static LlmScenario hangs() {
        return new LlmScenario(
                "P17",
                "0.5 % of the calls hang",
                ROWS,
                List.of(SECOND, "--fault=HANG=0.005"),
                PLACES_100,
                Meanwhile.NOTHING,
                run -> List.of(
                        // A minute, and a twentieth of a second for each token that may be written.
                        Goal.atMost(
                                "wall s (own P1 + one timeout)",
                                run.wallOfP1() + 80,
                                run.stats().wallSeconds()),
                        Goal.exactly(
                                "rows billed",
                                run.output().rows() + 20 * run.happened(Fault.HANG),
                                run.bill().billed()),
                        Goal.exactly("rows paid for again", 0, run.bill().billedAgain()),
                        Goal.clean(run.output())));
    }

    private static List<String> with(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Those of the names, or all if there are none. */
    static List<LlmScenario> named(List<String> names) {
        return all().stream()
                .filter(scenario -> names.isEmpty()
                        || names.contains(scenario.name())
                        || names.contains(
                                Arrays.asList(scenario.name().split("-")).get(0)))
                .toList();
    }
}
