package dev.pigeonhole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A language model behind an address: here one that knows a colour when it reads one. */
class OwnChatModelTest {
    private static final Pattern RECORD =
            Pattern.compile("\\{\"id\":\"(r\\d+)\",\"text\":\"[^\"]*?(red|blue)[^\"]*\"\\}");

    private static String answer(String prompt) {
        return RECORD.matcher(prompt)
                .results()
                .map((MatchResult record) -> "\"" + record.group(1) + "\":\"" + record.group(2) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void aProviderOfOnesOwnAsksItsOwnServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String prompt = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = answer(prompt).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        CategorizerProvider provider = CategorizerProvider.all().stream()
                .filter(p -> p.name().equals("own"))
                .findFirst()
                .orElseThrow();

        try (Categorizer categorizer = provider.create(Taxonomy.of("red", "blue"), Map.of("address", address))) {
            List<Outcome> outcomes =
                    categorizer.categorize(List.of(new Item(1, "a blue car"), new Item(2, "the red door")));

            assertThat(outcomes).containsExactly(Outcome.categorized("blue", "own"), Outcome.categorized("red", "own"));
        } finally {
            server.stop(0);
        }
    }
}
