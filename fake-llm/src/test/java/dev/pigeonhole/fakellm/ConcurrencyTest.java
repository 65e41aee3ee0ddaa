package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    @Test
    void threeHundredConnectionsAreServedAtOnce() throws Exception {
        try (FakeLlm server =
                FakeLlm.builder().latency(Latency.fixed(Duration.ofMinutes(5))).start()) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Socket socket = Asking.connect(server);
                Asking.send(socket, Asking.keyed(Asking.texts(2)));
                sockets.add(socket);
            }
            Waiting.until(() -> server.stats().inFlight() == 400);
            assertThat(server.stats().peakInFlight()).isEqualTo(400);
            for (Socket socket : sockets) {
                socket.close();
            }
            Waiting.until(() -> server.stats().ended() == 400);
            assertThat(server.stats().inFlight()).isZero();
        }
    }

    @Test
    void onlySoManyAreWorkedOnAtOnce() throws Exception {
        try (FakeLlm server = FakeLlm.builder()
                .places(2)
                .latency(Latency.fixed(Duration.ofMillis(20)))
                .start()) {
            ExecutorService threads = Executors.newFixedThreadPool(10);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                calls.add(threads.submit(() -> Asking.ask(server, Asking.keyed(Asking.texts(1)))));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            threads.shutdown();
            assertThat(server.stats().wallSeconds()).as("5 rounds of 20 ms").isGreaterThanOrEqualTo(0.1);
        }
    }

    @Test
    void theBillIsTheSumOfWhatTheClientsSaw() throws Exception {
        long seed = new Random().nextLong();
        try (FakeLlm server = FakeLlm.builder()
                .seed(seed)
                .faults(
                        FaultRule.withProbability(Fault.ERROR_500, 0.1),
                        FaultRule.withProbability(Fault.RESET, 0.1),
                        FaultRule.withProbability(Fault.MISSING_ID, 0.1))
                .start()) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Map<String, Bill.Account>>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(seed + i);
                String name = "client " + i + " text ";
                clients.add(threads.submit(() -> seen(server, name, random)));
            }
            for (Future<Map<String, Bill.Account>> client : clients) {
                for (Map.Entry<String, Bill.Account> seen : result(client).entrySet()) {
                    Bill.Account billed = server.bill().of(seen.getKey());
                    assertThat(billed.delivered())
                            .as("seed %d", seed)
                            .isEqualTo(seen.getValue().delivered());
                    assertThat(billed.good())
                            .as("seed %d", seed)
                            .isEqualTo(seen.getValue().good());
                    assertThat(billed.billed())
                            .as("seed %d", seed)
                            .isEqualTo(seen.getValue().billed());
                    assertThat(billed.again())
                            .as("seed %d", seed)
                            .isEqualTo(seen.getValue().again());
                }
            }
            threads.shutdown();
            Waiting.until(() -> server.stats().inFlight() == 0);
            Stats stats = server.stats();
            assertThat(stats.calls()).isEqualTo(8 * 60).isEqualTo(stats.ended());
            assertThat(stats.byStatus().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(stats.calls());
            assertThat(stats.itemsAsked()).isEqualTo(server.bill().billed());
            assertThat(server.calls()).hasSize(8 * 60);
            assertThat(stats.byFault()).containsOnlyKeys(Fault.ERROR_500, Fault.RESET, Fault.MISSING_ID);
        }
    }

    private static Map<String, Bill.Account> result(Future<Map<String, Bill.Account>> client)
            throws InterruptedException, ExecutionException {
        return client.get();
    }

    /** Asks at random, and keeps a bill of its own. */
    private static Map<String, Bill.Account> seen(FakeLlm server, String name, Random random) throws Exception {
        Map<String, Bill.Account> bill = new HashMap<>();
        for (int call = 0; call < 60; call++) {
            int first = random.nextInt(50);
            List<String> texts = List.of(name + first, name + (first + 1), name + (first + 2));
            try (Socket socket = Asking.connect(server)) {
                Asking.send(socket, Asking.keyed(texts));
                String reply = read(socket);
                for (int i = 0; i < 3 && !reply.startsWith("HTTP/1.1 500"); i++) {
                    boolean whole = !reply.isEmpty();
                    String id = "\\\"" + Asking.id(i + 1) + "\\\"";
                    add(bill, texts.get(i), whole, whole && reply.contains(id));
                }
            }
        }
        return bill;
    }

    private static String read(Socket socket) throws IOException {
        try {
            return Asking.readOne(socket);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static void add(Map<String, Bill.Account> bill, String text, boolean delivered, boolean good) {
        Bill.Account old = bill.getOrDefault(text, new Bill.Account(0, 0, 0, 0));
        bill.put(
                text,
                new Bill.Account(
                        old.billed() + 1,
                        old.delivered() + (delivered ? 1 : 0),
                        old.good() + (good ? 1 : 0),
                        old.again() + (old.good() > 0 ? 1 : 0)));
    }
}
