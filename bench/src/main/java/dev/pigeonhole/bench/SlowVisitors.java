package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Connections that send a request's head at a byte a second, and come again when they are cut off. Thread-safe. */
final class SlowVisitors implements AutoCloseable {
    private static final String BEGIN = "GET /api/v1/jobs HTTP/1.1\r\nHost: ";

    private final InetSocketAddress address;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final Thread sender = new Thread(this::send, "slow-visitors");
    private volatile boolean closed;

    /** @param count how many, all connected when this returns */
    SlowVisitors(InetSocketAddress address, int count) throws IOException {
        this.address = address;
        for (int i = 0; i < count; i++) {
            sockets.add(connected());
        }
        sender.start();
    }

    /** How often one of them was cut off so far. */
    int cutOff() {
        return cutOff.get();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.connect(address);
        socket.getOutputStream().write(BEGIN.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void send() {
        while (!closed) {
            sendAByteEach();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void sendAByteEach() {
        for (int i = 0; i < sockets.size(); i++) {
            try {
                sockets.get(i).getOutputStream().write('a');
            } catch (IOException e) {
                cutOff.incrementAndGet();
                sockets.set(i, again(sockets.get(i)));
            }
        }
    }

    private Socket again(Socket old) {
        try {
            old.close();
            return connected();
        } catch (IOException e) {
            throw new UncheckedIOException("the page takes no connection any more", e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(sender);
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
