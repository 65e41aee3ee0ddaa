package dev.pigeonhole.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.PromptMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is shown as the prompt is what is sent. */
class PromptPreviewTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static final Taxonomy TAXONOMY = new Taxonomy(
            "Sort messages.",
            List.of(
                    new Category("Billing", "Money.", List.of("refund"), List.of("Charged twice")),
                    Category.of("Über <b>\"x\"</b>")),
            true);
    private static final List<Item> ITEMS =
            List.of(new Item(7, "Charged twice \"again\"\nplease help"), new Item(9, "Wo ist mein Paket?"));

    @Test
    void thePreviewIsWhatIsSentButForTheRandomWord() throws JsonProcessingException {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withBody(Calls.answer("\"{\\\"r01\\\":\\\"Billing\\\",\\\"r02\\\":\\\"Billing\\\"}\""))));
        Map<String, String> options = Map.of("model", "small-1", "base-url", SERVER.baseUrl() + "/v1");
        OpenAiProvider provider = new OpenAiProvider(Map.of("OPENAI_API_KEY", Calls.KEY));

        List<PromptMessage> shown = provider.prompt(TAXONOMY, options, ITEMS);
        assertThat(SERVER.getAllServeEvents()).as("calls nobody").isEmpty();
        try (Categorizer categorizer = provider.create(TAXONOMY, options)) {
            categorizer.categorize(ITEMS);
        }

        assertThat(shown).extracting(PromptMessage::role).containsExactly("system", "user");
        assertThat(plain(shown)).isEqualTo(plain(sent()));
        assertThat(shown.get(1).content()).contains("Wo ist mein Paket?").doesNotContain(Calls.KEY);
    }

    /** Fifty-one categories: hints by the ranker that is found on the class path. */
    @Test
    void hintsStandInThePreviewAndInTheRequestBeforeTheBlock() throws JsonProcessingException {
        Taxonomy many = Taxonomy.of(
                IntStream.rangeClosed(1, 51).mapToObj(i -> "topic " + i).toArray(String[]::new));
        SERVER.resetAll();
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withBody(Calls.answer("\"{\\\"r01\\\":\\\"topic 1\\\",\\\"r02\\\":\\\"topic 9\\\"}\""))));
        Map<String, String> options = Map.of("model", "small-1", "base-url", SERVER.baseUrl() + "/v1");
        OpenAiProvider provider = new OpenAiProvider(Map.of("OPENAI_API_KEY", Calls.KEY));
        List<PromptMessage> shown = provider.prompt(many, options, ITEMS);
        try (Categorizer categorizer = provider.create(many, options)) {
            categorizer.categorize(ITEMS);
        }
        assertThat(plain(shown)).isEqualTo(plain(sent()));
        assertThat(shown.get(0).content()).contains("5. HINTS");
        assertThat(shown.get(1).content())
                .startsWith("Classify the 2 records r01..r02.\nHINTS\n"
                        + "r01[\"topic 1\",\"topic 2\",\"topic 3\",\"topic 4\",\"topic 5\"]\n"
                        + "r02[\"topic 1\",\"topic 2\",\"topic 3\",\"topic 4\",\"topic 5\"]\n<records-");
        assertThat(provider.candidates(many, options)).isEqualTo(5);
        assertThat(provider.candidates(TAXONOMY, options)).isZero();
        assertThat(provider.candidates(many, Map.of("model", "small-1", "hints", "off")))
                .isZero();
    }

    @Test
    void nothingIsShownForSettingsThatCouldNotBeSent() {
        assertThatThrownBy(() -> new OpenAiProvider(Map.of()).prompt(TAXONOMY, Map.of(), ITEMS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no model is named");
    }

    private static List<PromptMessage> sent() throws JsonProcessingException {
        JsonNode body = new ObjectMapper()
                .readTree(SERVER.findAll(anyRequestedFor(anyUrl())).get(0).getBodyAsString());
        List<PromptMessage> messages = new ArrayList<>();
        body.get("messages")
                .forEach(message -> messages.add(new PromptMessage(
                        message.get("role").textValue(), message.get("content").textValue())));
        return messages;
    }

    private static List<PromptMessage> plain(List<PromptMessage> messages) {
        return messages.stream()
                .map(message -> new PromptMessage(
                        message.role(), message.content().replaceAll("records-[a-z0-9]+>", "records-X>")))
                .toList();
    }
}
