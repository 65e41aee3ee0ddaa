package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client's connection: answers one request after another until it ends. Runs in a thread of its own. */
final class Connection implements Runnable {
    private final Socket socket;
    private final Router router;
    private final Consumer<Socket> closed;

    Connection(Socket socket, Router router, Consumer<Socket> closed) {
        this.socket = socket;
        this.router = router;
        this.closed = closed;
    }

    /** A connection that breaks is nothing special here: its call is counted as broken, and it ends. */
    @Override
    @SuppressWarnings("EmptyCatch")
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            converse();
        } catch (IOException clientLeft) {
            // nobody is there to be told
        } finally {
            closed.accept(socket);
        }
    }

    private void converse() throws IOException {
        RequestReader reader = new RequestReader(socket, router::mostBodyBytes);
        Sender sender = new Sender(socket, reader);
        HttpRequest request;
        do {
            request = next(reader, sender);
        } while (request != null && answer(request, reader, sender) && !request.isLast());
    }

    private @Nullable HttpRequest next(RequestReader reader, Sender sender) throws IOException {
        try {
            return reader.next();
        } catch (RequestReader.TooLargeException e) {
            sender.send(router.tooLarge());
        } catch (ProtocolException e) {
            sender.send(router.notUnderstood(String.valueOf(e.getMessage())));
        }
        return null;
    }

    /** Whether the connection can go on. */
    private boolean answer(HttpRequest request, RequestReader reader, Sender sender) throws IOException {
        Reply reply = router.answer(request, reader);
        boolean whole = false;
        try {
            whole = sender.send(reply);
        } finally {
            if (!whole) {
                reply.ended(false);
            }
        }
        return whole;
    }
}
