package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final Duration NOW = Duration.ofSeconds(1);

    @Test
    void aRuleIsReadFromText() {
        assertThat(FaultRule.parse("reset=0.01")).isEqualTo(FaultRule.withProbability(Fault.RESET, 0.01));
        assertThat(FaultRule.parse("ERROR_500,calls=3")).isEqualTo(FaultRule.onCall(Fault.ERROR_500, 3));
        assertThat(FaultRule.parse("ERROR_500,calls=3-7")).isEqualTo(FaultRule.onCalls(Fault.ERROR_500, 3, 7));
        assertThat(FaultRule.parse("UNAVAILABLE_503,from=8s,until=13s"))
                .isEqualTo(FaultRule.between(Fault.UNAVAILABLE_503, Duration.ofSeconds(8), Duration.ofSeconds(13)));
        assertThat(FaultRule.parse("MISSING_ID=0.5,times=4,records=2,marker=bad,pause=250ms,late"))
                .isEqualTo(FaultRule.withProbability(Fault.MISSING_ID, 0.5)
                        .withAtMost(4)
                        .withRecords(2)
                        .withMarker("bad")
                        .withPause(Duration.ofMillis(250))
                        .afterLatency());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NO_SUCH", "RESET=2", "RESET=-1", "RESET=x", "RESET,calls=0", "RESET,what=1", "RESET,from=x"})
    void whatIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> FaultRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aScriptHitsExactlyItsCalls() {
        Faults faults = new Faults(List.of(
                FaultRule.onCall(Fault.RESET, 3),
                FaultRule.between(Fault.UNAVAILABLE_503, Duration.ofSeconds(8), Duration.ofSeconds(13)),
                FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "POISON").withAtMost(1)));

        assertThat(faults.next(FaultRule.Where.CHAT, 2, NOW, "", 0.99)).isEmpty();
        assertThat(faults.next(FaultRule.Where.CHAT, 3, NOW, "", 0.99))
                .map(FaultRule::fault)
                .hasValue(Fault.RESET);
        assertThat(faults.next(FaultRule.Where.CHAT, 4, Duration.ofSeconds(8), "", 0.99))
                .map(FaultRule::fault)
                .hasValue(Fault.UNAVAILABLE_503);
        assertThat(faults.next(FaultRule.Where.CHAT, 5, Duration.ofSeconds(13), "", 0.99))
                .isEmpty();
        assertThat(faults.next(FaultRule.Where.CHAT, 6, NOW, "a POISON b", 0.99))
                .map(FaultRule::fault)
                .hasValue(Fault.CONTENT_FILTER_400);
        assertThat(faults.next(FaultRule.Where.CHAT, 7, NOW, "a POISON b", 0.99))
                .isEmpty();
        assertThat(faults.happened())
                .isEqualTo(Map.of(Fault.RESET, 1L, Fault.UNAVAILABLE_503, 1L, Fault.CONTENT_FILTER_400, 1L));
    }

    @Test
    void manyRulesEachHaveTheirShare() {
        long seed = new Random().nextLong();
        List<FaultRule> rules = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (fault.kind() != Fault.Kind.BATCH) {
                rules.add(FaultRule.withProbability(fault, 0.01));
            }
        }
        Faults faults = new Faults(rules);
        for (int call = 1; call <= 20_000; call++) {
            faults.next(
                    FaultRule.Where.CHAT,
                    call,
                    NOW,
                    "",
                    Chance.of(seed, call, "fault").nextDouble());
        }
        assertThat(faults.happened()).hasSize(rules.size());
        assertThat(faults.happened().values()).as("seed %d", seed).allMatch(times -> times > 110 && times < 300);
    }

    @Test
    void latenciesAreAsTold() {
        SplittableRandom random = new SplittableRandom(4);
        assertThat(Latency.parse("none").of(9, random)).isZero();
        assertThat(Latency.parse("fixed:1000").of(9, random)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Latency.parse("fixed:1s+token:5").of(9, random)).isEqualTo(Duration.ofMillis(1_045));
        Latency heavy = Latency.parse("heavy:800:0.02:4s-20s");
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            times.add(heavy.of(1, random));
            assertThat(Latency.parse("uniform:200-800").of(1, random))
                    .isBetween(Duration.ofMillis(200), Duration.ofMillis(800));
        }
        times.sort(null);
        assertThat(times.get(5_000)).isBetween(Duration.ofMillis(780), Duration.ofMillis(825));
        assertThat(times.stream().filter(time -> time.toSeconds() >= 4).count()).isBetween(140L, 260L);
        assertThat(times.get(9_999)).isLessThan(Duration.ofSeconds(20));
        assertThat(Latency.parse("lognormal:800:0.4").of(1, random)).isPositive();
        assertThatThrownBy(() -> Latency.parse("fixed")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"12, 12ms", "0, 0ms", "1000, 1s", "1500, 1.5s", "1050, 1.05s", "360000, 6m0s", "90010, 1m30.01s"})
    void timesAreWrittenAsInTheHeaders(long millis, String text) {
        assertThat(TimeText.header(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void callsInFlightAreMeasuredOverTime() {
        AtomicLong now = new AtomicLong();
        Meter meter = new Meter(now::get, 2);
        Call ended = new Call(1, 0, 0, 200, "", 1, 0, 0, 0, true);
        Meter.Arrival first = meter.arrive();
        now.set(1_000_000_000L);
        Meter.Arrival second = meter.arrive();
        now.set(2_000_000_000L);
        meter.end(first, ended);
        now.set(4_000_000_000L);
        meter.arrive();
        meter.end(second, ended);
        now.set(9_000_000_000L);

        Stats stats = meter.stats(Map.of());

        assertThat(stats.meanInFlight())
                .as("1 s of 1, 1 s of 2, 2 s of 1, of 4 s")
                .isEqualTo(1.25);
        assertThat(stats.peakInFlight()).isEqualTo(2);
        assertThat(stats.arrivalSeconds()).isEqualTo(4);
        assertThat(stats.inFlight()).isEqualTo(1);
        assertThat(meter.log().get(1).arrived()).isEqualTo(1);
        assertThat(meter.log().get(1).seconds()).isEqualTo(3);
    }

    @Test
    void theCommandLineMakesAServer() throws Exception {
        try (FakeLlm server = Arguments.parse(
                        "--rpm",
                        "60",
                        "--bucket-seconds=1",
                        "--untold",
                        "--key",
                        "k",
                        "--without",
                        "json_schema",
                        "--keyword",
                        "text=Login",
                        "--latency",
                        "fixed:1",
                        "--reserve",
                        "sum",
                        "--retry-after",
                        "millis")
                .start()) {
            assertThat(Asking.ask(server, Asking.plain(Asking.texts(1))).statusCode())
                    .isEqualTo(401);
            var answer = Asking.ask(server, Asking.plain(Asking.texts(1)), r -> r.header("Authorization", "Bearer k"));
            assertThat(Asking.content(answer)).isEqualTo("r01\tLogin");
        }
        assertThat(Arguments.help()).contains("--rpm", "RESET_BEFORE_ANSWER").doesNotContain("\t");
        assertThatThrownBy(() -> Arguments.parse("--what", "1")).hasMessageContaining("no option --what");
        assertThatThrownBy(() -> Arguments.parse("--rpm")).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> Arguments.parse("--fault", "X")).hasMessageContaining("no fault X");
    }
}
