package dev.pigeonhole.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * A slow categorizer in a process of its own: here, so that it outlives the process that asks. It answers by a rule, and keeps the
 * bill: every row that it was asked about, and how often. One call per connection.
 */
final class AnswerServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    private final Map<Long, LongAdder> billed = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final List<List<Long>> asked = new ArrayList<>();
    private final IntConsumer beforeAnswer;

    /**
     * @param beforeAnswer told the number of each call, from 1, before it is answered; may wait
     */
    AnswerServer(IntConsumer beforeAnswer) throws IOException {
        this.beforeAnswer = beforeAnswer;
        Thread thread = new Thread(this::accept, "answer-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** The rule: some texts match nothing, the others belong to a category by what they say. */
    static String answer(String text) {
        int hash = Math.floorMod(text.hashCode(), 7);
        return hash == 6 ? "" : "category " + hash;
    }

    static String categories() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            names.append("category ").append(i).append('\n');
        }
        return names.toString();
    }

    int port() {
        return server.getLocalPort();
    }

    int calls() {
        return calls.get();
    }

    int inFlight() {
        return inFlight.get();
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    /** How often each row was asked about. */
    Map<Long, Long> bill() {
        Map<Long, Long> bill = new HashMap<>();
        billed.forEach((row, times) -> bill.put(row, times.sum()));
        return bill;
    }

    /** Calls that asked about rows which an earlier call had asked about. */
    long callsSentAgain() {
        synchronized (asked) {
            return asked.size()
                    - asked.stream().map(rows -> rows.get(0)).distinct().count();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket), "answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            List<Long> rows = new ArrayList<>();
            List<String> answers = new ArrayList<>();
            int items = in.readInt();
            for (int i = 0; i < items; i++) {
                rows.add(in.readLong());
                answers.add(answer(in.readUTF()));
            }
            mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            rows.forEach(
                    row -> billed.computeIfAbsent(row, r -> new LongAdder()).increment());
            synchronized (asked) {
                asked.add(rows);
            }
            try {
                beforeAnswer.accept(calls.incrementAndGet());
            } finally {
                inFlight.decrementAndGet();
            }
            for (String answer : answers) {
                out.writeUTF(answer);
            }
            out.flush();
        } catch (IOException e) {
            // The one who asked was killed; the bill stands.
            socket.isClosed();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
