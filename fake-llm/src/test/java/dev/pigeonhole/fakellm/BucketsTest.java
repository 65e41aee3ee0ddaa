package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private final AtomicLong now = new AtomicLong(5_000_000_000L);

    private Buckets buckets(Limits limits) {
        return new Buckets(limits, now::get);
    }

    private void pass(long millis) {
        now.addAndGet(millis * 1_000_000);
    }

    private static int admitted(Buckets buckets, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += buckets.admit(1, 0).admitted() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void aBucketLetsItsSecondsWorthThroughAtOnce() {
        assertThat(admitted(buckets(Limits.rpm(6_000).withBucketSeconds(1)), 500))
                .isEqualTo(100);
        assertThat(admitted(buckets(Limits.rpm(6_000)), 7_000)).isEqualTo(6_000);
        assertThat(admitted(buckets(Limits.NONE), 7_000)).isEqualTo(7_000);
    }

    @Test
    void itFillsAtAnEvenRate() {
        Buckets buckets = buckets(Limits.rpm(6_000).withBucketSeconds(1));
        admitted(buckets, 100);

        pass(95);

        Admission refused = buckets.admit(1, 0);
        assertThat(refused.admitted()).isTrue();
        assertThat(admitted(buckets, 100)).isEqualTo(8);
        assertThat(buckets.admit(1, 0).untilAdmitted()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void overAnyTimeNoMoreThanTheRateAndOneBucketGetsThrough() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Limits limits = Limits.rpm(600).withTpm(100_000).withBucketSeconds(1 + random.nextInt(60));
        Buckets buckets = buckets(limits);
        long start = now.get();
        double tokens = 0;
        int calls = 0;
        for (int i = 0; i < 5_000; i++) {
            pass(random.nextInt(50));
            int size = random.nextInt(1_000);
            if (buckets.admit(size, 0).admitted()) {
                calls++;
                tokens += size;
            }
            double seconds = (now.get() - start) / 1e9 + limits.bucketSeconds();
            assertThat(calls).as("seed %d", seed).isLessThanOrEqualTo((int) (10 * seconds) + 1);
            assertThat(tokens).as("seed %d", seed).isLessThanOrEqualTo(100_000 / 60.0 * seconds + 1);
        }
    }

    @Test
    void whatIsReservedDependsOnTheRule() {
        Limits limits = Limits.NONE.withTpm(1_000);
        assertThat(buckets(limits).admit(300, 800).needed()).isEqualTo(800);
        assertThat(buckets(limits.withReservation(Limits.Reservation.SUM))
                        .admit(300, 800)
                        .admitted())
                .isFalse();
        assertThat(buckets(limits.withReservation(Limits.Reservation.PROMPT))
                        .admit(300, 800)
                        .needed())
                .isEqualTo(300);
        assertThat(buckets(limits).admit(300, 2_000).never()).isTrue();
    }

    @Test
    void refusedCallsCountIfTheyAreToldTo() {
        Buckets lenient = buckets(Limits.rpm(60).withBucketSeconds(1));
        Buckets strict = buckets(Limits.rpm(60).withBucketSeconds(1).withRefusedCount(true));
        admitted(lenient, 5);
        admitted(strict, 5);

        pass(1_000);

        assertThat(lenient.admit(1, 0).admitted()).isTrue();
        assertThat(strict.admit(1, 0).admitted()).isFalse();
    }

    @Test
    void failedCallsCount() {
        Buckets buckets = buckets(Limits.rpm(60).withBucketSeconds(2));

        buckets.refuse();

        assertThat(admitted(buckets, 5)).isEqualTo(1);
    }

    @Test
    void limitsCanChangeWhileItRuns() {
        Buckets buckets = buckets(Limits.rpm(12_000).withBucketSeconds(1));
        assertThat(admitted(buckets, 100)).isEqualTo(100);

        buckets.change(Limits.rpm(3_000).withBucketSeconds(1));
        assertThat(admitted(buckets, 200)).isEqualTo(50);

        buckets.change(Limits.rpm(12_000).withBucketSeconds(1));
        pass(500);
        assertThat(admitted(buckets, 500)).isEqualTo(100);
    }

    @Test
    void theHeadersTellWhatIsLeft() throws Exception {
        Limits limits = Limits.rpm(60).withTpm(60_000).withBucketSeconds(2);
        try (FakeLlm server = FakeLlm.builder().limits(limits).nanos(now::get).start()) {
            HttpResponse<String> one =
                    Asking.ask(server, Asking.keyed(Asking.texts(1)).put("max_tokens", 500));
            assertThat(one.headers().firstValue("x-ratelimit-limit-requests")).hasValue("60");
            assertThat(one.headers().firstValue("x-ratelimit-remaining-requests"))
                    .hasValue("1");
            assertThat(one.headers().firstValue("x-ratelimit-reset-requests")).hasValue("1s");
            assertThat(one.headers().firstValue("x-ratelimit-limit-tokens")).hasValue("60000");
            assertThat(one.headers().firstValue("x-ratelimit-remaining-tokens")).hasValue("1500");
            assertThat(one.headers().firstValue("x-ratelimit-reset-tokens")).hasValue("500ms");

            Asking.ask(server, Asking.keyed(Asking.texts(1)));
            pass(500);
            HttpResponse<String> refused = Asking.ask(server, Asking.keyed(Asking.texts(1)));

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after-ms")).hasValue("500");
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(Asking.json(refused).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(Asking.json(refused).at("/error/type").asText()).isEqualTo("requests");
            assertThat(server.stats().limited()).isEqualTo(1);
            assertThat(server.stats().limitedShare()).isEqualTo(1 / 3.0);

            server.limits(Limits.rpm(60).untold().withRetryAfter(Limits.RetryAfter.NONE));
            pass(60_000);
            assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1)))
                            .headers()
                            .map()
                            .keySet())
                    .noneMatch(name -> name.startsWith("x-ratelimit"));
        }
    }

    @Test
    void howLongToWaitIsToldInManyWays() throws Exception {
        Limits limits = Limits.rpm(1);
        try (FakeLlm server = FakeLlm.builder().limits(limits).nanos(now::get).start()) {
            Asking.ask(server, Asking.keyed(Asking.texts(1)));
            for (Limits.RetryAfter form : Limits.RetryAfter.values()) {
                server.limits(limits.withRetryAfter(form));
                HttpResponse<String> refused = Asking.ask(server, Asking.keyed(Asking.texts(1)));
                String seconds = refused.headers().firstValue("retry-after").orElse("");
                String millis = refused.headers().firstValue("retry-after-ms").orElse("");
                switch (form) {
                    case SECONDS -> assertThat(seconds + millis).isEqualTo("60");
                    case MILLIS -> assertThat(seconds + millis).isEqualTo("60000");
                    case BOTH -> assertThat(seconds + "," + millis).isEqualTo("60,60000");
                    case DATE -> assertThat(seconds).endsWith(" GMT");
                    case ABSURD -> assertThat(seconds).isEqualTo("86400");
                    case NONE -> assertThat(seconds + millis).isEmpty();
                }
            }
        }
    }
}
