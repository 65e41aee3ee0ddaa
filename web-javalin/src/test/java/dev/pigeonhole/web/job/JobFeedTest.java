package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JobFeedTest {
    private static final Duration NO_TIME = Duration.ZERO;

    private final JobFeed feed = new JobFeed(1_000);

    private void tell(int times) {
        for (int i = 0; i < times; i++) {
            feed.publish("progress", seq -> "{\"seq\":" + seq + "}", "");
        }
    }

    private static List<Long> ids(List<FeedEvent> events) {
        return events.stream().map(FeedEvent::seq).toList();
    }

    @Test
    void beginsWithHowTheJobStandsAndGoesOnWithWhatComes() throws Exception {
        tell(3);
        Subscriber subscriber = feed.subscribe(OptionalLong.empty());
        tell(2);

        List<FeedEvent> events = subscriber.take(NO_TIME);
        assertThat(ids(events)).containsExactly(1_003L, 1_004L, 1_005L);
        assertThat(events.get(0).text()).isEqualTo("id: 1003\nevent: snapshot\ndata: {\"job\":{\"seq\":1003}}\n\n");
        assertThat(events.get(1).name()).isEqualTo("progress");
    }

    @Test
    void replaysWhatWasMissed() throws Exception {
        tell(10);
        Subscriber subscriber = feed.subscribe(OptionalLong.of(1_004));
        assertThat(ids(subscriber.take(NO_TIME))).containsExactly(1_005L, 1_006L, 1_007L, 1_008L, 1_009L, 1_010L);
        assertThat(feed.subscribe(OptionalLong.of(1_010)).take(NO_TIME)).isEmpty();
        assertThat(feed.subscribe(OptionalLong.of(1_000)).take(NO_TIME)).hasSize(10);
    }

    @Test
    void beginsAnewWhereTooMuchWasMissedOrTheNumberIsNotOurs() throws Exception {
        tell(2_500);
        assertThat(feed.subscribe(OptionalLong.of(1_500)).take(NO_TIME)).hasSize(2_000);
        for (long unknown : List.of(0L, 1_499L, 3_501L, 999_999_999L)) {
            List<FeedEvent> events = feed.subscribe(OptionalLong.of(unknown)).take(NO_TIME);
            assertThat(ids(events)).as("after %s", unknown).containsExactly(3_500L);
            assertThat(events.get(0).text()).contains("event: snapshot", ",\"resync\":true}");
        }
    }

    @Test
    void keepsLessOfLongEvents() throws Exception {
        String job = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 0; i < 20; i++) {
            feed.publish("progress", seq -> job, "");
        }
        assertThat(feed.subscribe(OptionalLong.of(1_018)).take(NO_TIME)).hasSize(2);
        assertThat(feed.subscribe(OptionalLong.of(1_002)).take(NO_TIME)).hasSize(1);
    }

    @Test
    void whoDoesNotKeepUpIsToldHowTheJobStands() throws Exception {
        tell(1);
        Subscriber slow = feed.subscribe(OptionalLong.empty());
        tell(2_600);
        List<FeedEvent> events = slow.take(NO_TIME);
        assertThat(events.get(0).name()).isEqualTo("snapshot");
        assertThat(events.get(0).text()).contains("\"resync\":true");
        assertWithoutGaps(ids(events));
        assertThat(events.get(events.size() - 1).seq()).isEqualTo(3_601);
    }

    @Test
    void endsItsStreams() throws Exception {
        tell(1);
        Subscriber before = feed.subscribe(OptionalLong.empty());
        feed.close();
        Subscriber after = feed.subscribe(OptionalLong.empty());
        assertThat(before.hasEnded()).isTrue();
        assertThat(after.hasEnded()).isTrue();
        assertThat(before.take(Duration.ofMinutes(1))).hasSize(1);
        assertThat(before.take(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void isWatchedAsLongAsSomebodyListens() {
        tell(1);
        assertThat(feed.isWatched()).isFalse();
        try (Subscriber subscriber = feed.subscribe(OptionalLong.empty())) {
            assertThat(subscriber.hasEnded()).isFalse();
            assertThat(feed.isWatched()).isTrue();
        }
        assertThat(feed.isWatched()).isFalse();
    }

    /** Readers that are cut off at any time, and go on after what they have, beside somebody who tells. */
    @Test
    void nobodyMissesOrDoublesAnEventHoweverOftenHeIsCutOff() throws Exception {
        long seed = System.nanoTime();
        tell(1);
        int last = 5_000;
        List<Thread> readers = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < 6; i++) {
            Random random = new Random(seed + i);
            Thread reader = new Thread(() -> readAll(random, 1_000L + last, failure));
            reader.setUncaughtExceptionHandler((thread, e) -> failure.compareAndSet(null, e));
            readers.add(reader);
            reader.start();
        }
        tell(last - 1);
        for (Thread reader : readers) {
            reader.join(30_000);
            assertThat(reader.isAlive()).as("seed %s", seed).isFalse();
        }
        assertThat(failure.get()).as("seed %s", seed).isNull();
    }

    private void readAll(Random random, long last, AtomicReference<Throwable> failure) {
        OptionalLong have = OptionalLong.empty();
        while (failure.get() == null && have.orElse(0) < last) {
            try (Subscriber subscriber = feed.subscribe(have)) {
                for (int takes = random.nextInt(5); takes >= 0 && have.orElse(0) < last; takes--) {
                    have = readSome(subscriber.take(Duration.ofMillis(50)), have);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static OptionalLong readSome(List<FeedEvent> events, OptionalLong have) {
        OptionalLong now = have;
        for (FeedEvent event : events) {
            boolean anew = event.name().equals("snapshot");
            if (now.isPresent() && !anew) {
                assertThat(event.seq()).isEqualTo(now.getAsLong() + 1);
            } else if (now.isPresent()) {
                assertThat(event.text()).contains("resync");
                assertThat(event.seq()).isGreaterThan(now.getAsLong());
            }
            now = OptionalLong.of(event.seq());
        }
        return now;
    }

    private static void assertWithoutGaps(List<Long> ids) {
        for (int i = 1; i < ids.size(); i++) {
            assertThat(ids.get(i)).isEqualTo(ids.get(i - 1) + 1);
        }
    }
}
