package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTest {
    private static HttpResponse<String> order(FakeLlm server, String path, String body) throws Exception {
        return Asking.post(server.root().resolve(path), body, request -> {});
    }

    private static JsonNode told(FakeLlm server, String path) throws Exception {
        return Asking.json(Asking.get(server.root().resolve(path)));
    }

    @Test
    void aJudgeInAnotherProcessSeesTheBill() throws Exception {
        try (FakeLlm server = FakeLlm.builder().key("k").start()) {
            for (List<String> texts : List.of(List.of("a", "b"), List.of("b"))) {
                Asking.ask(server, Asking.keyed(texts), request -> request.header("Authorization", "Bearer k"));
            }

            JsonNode all = told(server, "/__bill");
            assertThat(all.path("texts").asInt()).isEqualTo(2);
            assertThat(all.path("billed").asInt()).isEqualTo(3);
            assertThat(all.path("billedMoreThanOnce").asInt()).isEqualTo(1);
            assertThat(all.path("billedAgain").asInt()).isEqualTo(1);
            assertThat(all.path("accounts").path(Bill.digest("b")).toString()).isEqualTo("[2,2,2,1,0]");
            assertThat(told(server, "/__bill?accounts=repeated").path("accounts"))
                    .hasSize(1);
            assertThat(told(server, "/__bill?accounts=none").path("accounts")).isEmpty();
            JsonNode stats = told(server, "/__stats?calls=true");
            assertThat(stats.path("calls").asInt()).isEqualTo(2);
            assertThat(stats.at("/byStatus/200").asInt()).isEqualTo(2);
            assertThat(stats.at("/log/1/items").asInt()).isEqualTo(1);
            assertThat(stats.at("/log/0/whole").asBoolean()).isTrue();
        }
    }

    @Test
    void itSetsFaultsAndLimitsAndResets() throws Exception {
        try (FakeLlm server = FakeLlm.builder().start()) {
            assertThat(order(server, "/__faults", "{\"faults\":[\"ERROR_500,calls=2\"]}")
                            .statusCode())
                    .isEqualTo(200);
            Asking.ask(server, Asking.keyed(Asking.texts(1)));
            assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1))).statusCode())
                    .isEqualTo(500);

            order(server, "/__limits", "{\"rpm\":1,\"bucketSeconds\":1}");
            assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1))).statusCode())
                    .isEqualTo(200);
            assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1))).statusCode())
                    .isEqualTo(429);

            order(server, "/__limits", "{\"rpm\":0}");
            order(server, "/__reset", "");
            assertThat(server.stats().calls()).isZero();
            assertThat(server.bill().texts()).isZero();
            Asking.ask(server, Asking.keyed(Asking.texts(1)));
            assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1))).statusCode())
                    .as("the rules begin anew")
                    .isEqualTo(500);
        }
    }

    @Test
    void whatItDoesNotUnderstandItRefuses() throws Exception {
        try (FakeLlm server = FakeLlm.builder().start()) {
            HttpResponse<String> unknown = order(server, "/__faults", "{\"faults\":[\"NO_SUCH\"]}");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("there is no fault NO_SUCH");
            assertThat(order(server, "/__faults", "{").statusCode()).isEqualTo(400);
            assertThat(order(server, "/__what", "{}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void itRunsAsAProcess() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeLlmMain.class.getName(),
                        "--models=a,b",
                        "--fault",
                        "ERROR_500=0.01")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String baseUrl = out.readLine();
            assertThat(baseUrl).matches("http://127\\.0\\.0\\.1:\\d+/v1");
            assertThat(Asking.get(URI.create(baseUrl + "/models")).body()).contains("\"b\"");
        } finally {
            process.destroyForcibly();
        }
    }
}
