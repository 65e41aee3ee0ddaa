package dev.pigeonhole.cli;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks an {@link AnswerServer}; found by the name {@code answer-server}. The option {@code port} says where it listens. */
public final class AnswerServerProvider implements CategorizerProvider {
    @Override
    public String name() {
        return "answer-server";
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        return new Asking(Integer.parseInt(options.get("port")));
    }

    private record Asking(int port) implements Categorizer {
        @Override
        public List<Outcome> categorize(List<Item> items) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    DataInputStream in = new DataInputStream(socket.getInputStream())) {
                out.writeInt(items.size());
                for (Item item : items) {
                    out.writeLong(item.row());
                    out.writeUTF(item.text());
                }
                out.flush();
                List<Outcome> outcomes = new ArrayList<>();
                for (int i = 0; i < items.size(); i++) {
                    String answer = in.readUTF();
                    outcomes.add(
                            answer.isEmpty() ? Outcome.unmatched("server") : Outcome.categorized(answer, "server"));
                }
                return outcomes;
            } catch (IOException e) {
                throw new TransientCategorizerException(FailureCause.UNREACHABLE, "no answer", null, e);
            }
        }

        @Override
        public Map<String, String> fingerprint() {
            return Map.of("categorizer", "answer-server");
        }
    }
}
