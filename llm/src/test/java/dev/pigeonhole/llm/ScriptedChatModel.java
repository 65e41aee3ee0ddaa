package dev.pigeonhole.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model that reads the records of a request as a real one would and answers as its script says: rightly, wrongly, or not at
 * all. Counts what it was asked. Thread-safe.
 */
final class ScriptedChatModel implements ChatModel {
    static final TokenUsage USAGE = new TokenUsage(1_000, 0, 0, 100);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the model has before it. */
    record Seen(int call, ChatRequest request, Map<String, String> records) {
        int count() {
            return records.size();
        }

        boolean holds(String part) {
            return records.values().stream().anyMatch(text -> text.contains(part));
        }
    }

    /** What it does. */
    interface Script {
        ChatReply answer(Seen seen);
    }

    private final Script script;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    ScriptedChatModel(Script script) {
        this.script = script;
    }

    /** The label stands in the text, after the word "about". */
    static String labelIn(String text) {
        int at = text.lastIndexOf(" about ");
        return at < 0 ? "__none__" : text.substring(at + " about ".length());
    }

    static ScriptedChatModel honest() {
        return new ScriptedChatModel(seen -> reply(words(seen), seen));
    }

    /** Answers honestly, but for what is changed in the answers by id. */
    static ScriptedChatModel changing(Function<Map<String, String>, Map<String, String>> change) {
        return new ScriptedChatModel(seen -> reply(change.apply(words(seen)), seen));
    }

    static Map<String, String> words(Seen seen) {
        Map<String, String> words = new LinkedHashMap<>();
        seen.records().forEach((id, text) -> words.put(id, labelIn(text)));
        return words;
    }

    static ChatReply reply(Map<String, String> words, Seen seen) {
        return reply(render(words, mode(seen.request().format())));
    }

    static ChatReply reply(String text) {
        return reply(text, ChatReply.Finish.STOP);
    }

    static ChatReply reply(String text, ChatReply.Finish finish) {
        return new ChatReply(text, finish, USAGE, "req-1", RateLimits.UNKNOWN);
    }

    static ReplyMode mode(ReplyFormat format) {
        if (format instanceof ReplyFormat.JsonSchema schema) {
            return schema.name().startsWith("labels_") ? ReplyMode.KEYED : ReplyMode.ARRAY;
        }
        return format instanceof ReplyFormat.JsonObject ? ReplyMode.JSON_OBJECT : ReplyMode.LINES;
    }

    static String render(Map<String, String> words, ReplyMode mode) {
        return switch (mode) {
            case KEYED, JSON_OBJECT ->
                words.entrySet().stream()
                        .map(e -> JsonText.quote(e.getKey()) + ":" + JsonText.quote(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case ARRAY ->
                words.entrySet().stream()
                        .map(e -> "{\"id\":" + JsonText.quote(e.getKey()) + ",\"category\":"
                                + JsonText.quote(e.getValue()) + "}")
                        .collect(Collectors.joining(",", "{\"results\":[", "]}"));
            case LINES ->
                words.entrySet().stream()
                        .map(e -> e.getKey() + "\t" + e.getValue() + "\n")
                        .collect(Collectors.joining());
        };
    }

    @Override
    public String name() {
        return "scripted-1";
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of("model", name());
    }

    @Override
    public ChatReply complete(ChatRequest request) {
        Seen now = new Seen(calls.incrementAndGet(), request, records(request.user()));
        seen.add(now);
        now.records()
                .values()
                .forEach(text ->
                        asked.computeIfAbsent(text, t -> new AtomicInteger()).incrementAndGet());
        return script.answer(now);
    }

    /** The records of a request by id, in order: every line of the block must be one. */
    static Map<String, String> records(String user) {
        List<String> lines = new ArrayList<>(user.lines().toList());
        int open = lines.indexOf("<records-" + nonce(user) + ">");
        int close = lines.indexOf("</records-" + nonce(user) + ">");
        Map<String, String> records = new LinkedHashMap<>();
        for (String line : lines.subList(open + 1, close)) {
            JsonNode record = json(line);
            records.put(record.get("id").textValue(), record.get("text").textValue());
        }
        return records;
    }

    static String nonce(String user) {
        int from = user.indexOf("<records-") + "<records-".length();
        return user.substring(from, user.indexOf('>', from));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    int calls() {
        return calls.get();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    int timesAsked(String text) {
        AtomicInteger times = asked.get(text);
        return times == null ? 0 : times.get();
    }

    int mostTimesAsked() {
        return asked.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }
}
