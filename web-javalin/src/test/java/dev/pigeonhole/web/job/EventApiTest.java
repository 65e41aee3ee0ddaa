package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.fakellm.Oracle;
import dev.pigeonhole.web.contract.ContractEvents;
import dev.pigeonhole.web.contract.ContractEvents.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live events over HTTP, of jobs that ask a fake language model. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class EventApiTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private static FakeLlm.Builder slow() {
        return FakeLlm.builder()
                .latency(Latency.fixed(Duration.ofMillis(15)))
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery")));
    }

    private static String begin(JobServer server, FakeLlm llm, String name, int rows) {
        Map<String, String> model =
                Map.of("model", "gpt-5-nano", "base-url", llm.baseUrl().toString(), "fresh", "true");
        return server.desk.begin(
                server.options(server.input(name + ".csv", rows), "openai", model, 20, 2), name, new TreeMap<>());
    }

    @Test
    void twoJobsAndTenStreamsThatAreCutOffLoseAndDoubleNothing() throws Exception {
        long seed = JobServer.seed();
        try (FakeLlm llm = slow().start();
                JobServer server = new JobServer(folder)) {
            List<String> jobs = List.of(begin(server, llm, "one", 160), begin(server, llm, "two", 140));
            Map<String, String> told = new ConcurrentHashMap<>();
            ExecutorService readers = Executors.newFixedThreadPool(10);
            List<Future<Event>> ends = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String job = jobs.get(i % 2);
                Random random = new Random(seed + i);
                Callable<Event> reader = () -> new Reader(server, job, random, told).toTheEnd();
                ends.add(readers.submit(reader));
            }
            for (Future<Event> end : ends) {
                Event last = end.get(60, TimeUnit.SECONDS);
                assertThat(last.job().path("state").asText())
                        .as("seed %s", seed)
                        .isEqualTo("completed");
                assertThat(last.job().path("rows").path("waiting").asInt()).isZero();
                assertThat(last.job().path("percent").asInt()).isEqualTo(100);
            }
            readers.shutdown();
        }
    }

    /** Reads a job's events to the end of its run, is cut off now and then, and checks that nothing is lost, doubled or wrong. */
    private static final class Reader {
        private final JobServer server;
        private final String job;
        private final Random random;
        private final Map<String, String> told;
        private Optional<Event> last = Optional.empty();

        Reader(JobServer server, String job, Random random, Map<String, String> told) {
            this.server = server;
            this.job = job;
            this.random = random;
            this.told = told;
        }

        Event toTheEnd() {
            while (last.isEmpty() || !last.get().name().equals("end")) {
                readSome();
            }
            return last.get();
        }

        private void readSome() {
            String path = "/jobs/" + job + "/events";
            try (ContractEvents stream = last.isEmpty()
                    ? server.client.events(path)
                    : server.client.events(path, last.get().id())) {
                for (int left = 1 + random.nextInt(12); left > 0; left--) {
                    Event event = stream.next(SOON).orElseThrow();
                    check(event);
                    last = Optional.of(event);
                    left = event.name().equals("end") ? 0 : left;
                }
            }
        }

        private void check(Event event) {
            assertThat(event.job().path("id").asText()).isEqualTo(job);
            assertThat(event.job().path("seq").asLong()).isEqualTo(event.id());
            requireSum(event.job().path("rows"));
            if (last.isEmpty()) {
                assertThat(event.name()).isEqualTo("snapshot");
            } else {
                assertThat(event.id()).isEqualTo(last.get().id() + 1);
                assertThat(waiting(event)).isLessThanOrEqualTo(waiting(last.get()));
            }
            String before = told.putIfAbsent(job + " " + event.id(), event.job().toString());
            assertThat(before)
                    .as("the same number, the same event")
                    .isIn(null, event.job().toString());
        }

        private static long waiting(Event event) {
            return event.job().path("rows").path("waiting").asLong();
        }
    }

    private static void requireSum(JsonNode rows) {
        assertThat(rows.path("categorized").asLong()
                        + rows.path("unmatched").asLong()
                        + rows.path("failed").asLong()
                        + rows.path("skipped").asLong()
                        + rows.path("waiting").asLong())
                .isEqualTo(rows.path("total").asLong());
    }

    @Test
    void aStreamStaysOpenForTheNextRun() throws Exception {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            try (ContractEvents stream = server.client.events("/jobs/" + id + "/events")) {
                assertThat(stream.next(SOON).orElseThrow().name()).isEqualTo("snapshot");
                server.client
                        .put("/jobs/" + id + "/rows/1/review", Map.of("verdict", "category", "category", "Billing"))
                        .expect(200);
                Event reviewed = stream.await(e -> e.job().path("reviewed").asInt() == 1, SOON);
                assertThat(reviewed.job().path("allowedActions").toString()).contains("publish");
                server.client.post("/jobs/" + id + "/publish").expect(202);
                Event end = stream.await(e -> e.name().equals("end"), SOON);
                assertThat(end.job().path("output").path("unpublished").asInt()).isZero();
            }
        }
    }

    @Test
    void whatIsUnknownBeginsAnew() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            try (ContractEvents stream = server.client.events("/jobs/" + id + "/events", 5)) {
                Event first = stream.next(SOON).orElseThrow();
                assertThat(first.name()).isEqualTo("snapshot");
                assertThat(first.data().path("resync").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void moreStreamsThanItTakesAreRefusedBeforeTheyAreOpen() {
        try (JobServer server = new JobServer(folder, new DeskLimits(1, 1, 2))) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            String path = "/jobs/" + id + "/events";
            try (ContractEvents first = server.client.events(path);
                    ContractEvents second = server.client.events(path)) {
                first.next(SOON);
                second.next(SOON);
                server.client.get(path).expect(429);
            }
        }
    }

    @Test
    void streamsEndWithTheServer() {
        JobServer server = new JobServer(folder);
        try (server) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            ContractEvents stream = server.client.events("/jobs/" + id + "/events");
            stream.next(SOON);
            server.desk.close();
            assertThat(stream.next(SOON)).isEmpty();
            assertThatThrownBy(() -> server.desk.resume(id, Optional.empty())).isNotNull();
        }
    }
}
