package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes connections on the loopback address, one thread for each: a few hundred are cheap, and a thread that sleeps, drips or hangs
 * is the plainest way to do so. Thread-safe.
 */
final class HttpListener implements AutoCloseable {
    private static final int WAITING_CONNECTIONS = 2_048;
    private static final long STACK_BYTES = 512 << 10;

    private final ServerSocket server = new ServerSocket();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final Router router;
    private final Runnable connected;
    private volatile boolean closing;

    /** @param connected told of each connection */
    HttpListener(int port, Router router, Runnable connected) throws IOException {
        this.router = router;
        this.connected = connected;
        server.setReuseAddress(true);
        server.bind(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), WAITING_CONNECTIONS);
        threads = Executors.newCachedThreadPool(HttpListener::thread);
        threads.execute(this::accept);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "fake-llm", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!closing) {
            try {
                Socket socket = server.accept();
                connected.run();
                open.add(socket);
                threads.execute(new Connection(socket, router, open::remove));
            } catch (IOException e) {
                if (!closing) {
                    throw new UncheckedIOException("no more connections can be taken", e);
                }
            }
        }
    }

    /** Ends all connections at once. Waits until their threads are done, for five seconds at most. */
    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IOException("connections of the fake server do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
