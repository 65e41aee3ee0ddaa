package dev.pigeonhole.llm;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.llm.money.TokenCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How these categories are asked about: what a question becomes, and how long. Thread-safe. */
final class Protocol {
    /** Grows when the way of asking or of reading changes in a manner that the prompt does not show. */
    private static final String VERSION = "1";

    /** On the low side: four and more are usual. */
    private static final int BYTES_PER_TOKEN = 3;
    /** What messages, roles and the request itself take beside their text. */
    private static final int FRAME_TOKENS = 24;
    /** Id and punctuation of one record in an answer. */
    private static final int ENTRY_TOKENS = 6;

    private static final int LIST_ENTRY_TOKENS = 14;
    /** The same as models write them by a schema, without spaces: 8.0 and 12.2 tokens a record with names of four, counted on Banking77. */
    private static final int WRITTEN_ENTRY_TOKENS = 4;

    private static final int WRITTEN_LIST_ENTRY_TOKENS = 8;
    private static final int SPARE_OUTPUT_TOKENS = 64;
    private static final Duration TIME_PER_TOKEN = Duration.ofMillis(50);
    private static final int KEY_DIGITS = 16;

    private final LlmSettings settings;
    private final TokenCounter counter;
    private final Labels labels;
    private final PromptWriter writer;
    private final ReplySchema schema;
    private final InjectionPhrases phrases;
    private final Hints hints;
    private final int systemTokens;
    private final int longestName;
    private final double averageName;
    private final String prefixKey;
    private final Map<ReplyFormat, Integer> formatTokens = new ConcurrentHashMap<>();

    Protocol(
            String model,
            Taxonomy taxonomy,
            LlmSettings settings,
            TokenCounter counter,
            InjectionPhrases phrases,
            Hints hints) {
        this.settings = settings;
        this.hints = hints;
        this.counter = counter;
        this.phrases = phrases;
        this.labels = new Labels(taxonomy, model);
        this.writer = new PromptWriter(taxonomy, labels, hints.areOn());
        this.schema = new ReplySchema(labels.words());
        this.systemTokens = counter.count(writer.system());
        List<Integer> names = labels.words().stream().map(counter::count).toList();
        this.longestName = names.stream().mapToInt(i -> i).max().orElse(1);
        this.averageName = names.stream().mapToInt(i -> i).average().orElse(1);
        this.prefixKey = "pigeonhole-" + Digest.sha256(writer.system()).substring(0, KEY_DIGITS);
    }

    Labels labels() {
        return labels;
    }

    Hints hints() {
        return hints;
    }

    /** Tokens of what is the same in all requests of one size. */
    int prefixTokens(ReplyMode mode, int count) {
        return systemTokens + formatTokens.computeIfAbsent(schema.format(mode, count), this::tokens);
    }

    private int tokens(ReplyFormat format) {
        return format instanceof ReplyFormat.JsonSchema json ? counter.count(json.json()) : 0;
    }

    /** The mode for so many records, if no server has refused one yet. */
    ReplyMode firstMode(int count) {
        return settings.format().orElseGet(() -> schema.best(count));
    }

    private RecordText text(Item item) {
        return RecordText.of(item.text(), settings.recordTokens(), counter);
    }

    /**
     * What a question is divided into before it is asked: a text that gives orders stands alone, and no call takes more than it
     * should. The question itself, if there is nothing to divide.
     */
    List<Part> divide(Question question) {
        List<RecordText> texts = question.items().stream().map(this::text).toList();
        Map<Boolean, List<Integer>> byOrders = IntStream.range(0, texts.size())
                .boxed()
                .collect(Collectors.partitioningBy(i -> phrases.in(texts.get(i))));
        List<List<Integer>> groups = fitting(texts, byOrders.getOrDefault(false, List.of()));
        byOrders.getOrDefault(true, List.of()).forEach(i -> groups.add(List.of(i)));
        return groups.stream()
                .filter(group -> !group.isEmpty())
                .map(group -> part(question, texts, group))
                .toList();
    }

    /** In order, as many to a group as may be in one call. Counts only if all of them may be too many: counting takes long. */
    private List<List<Integer>> fitting(List<RecordText> texts, List<Integer> positions) {
        List<List<Integer>> groups = new ArrayList<>();
        if (positions.stream().mapToLong(i -> PromptWriter.most(texts.get(i))).sum() <= settings.userTokens()) {
            groups.add(positions);
            return groups;
        }
        List<String> lines = positions.stream()
                .map(i -> PromptWriter.record("r00", texts.get(i)))
                .toList();
        long tokens = 0;
        for (int i = 0; i < positions.size(); i++) {
            int more = counter.count(lines.get(i));
            if (i == 0 || tokens + more > settings.userTokens()) {
                groups.add(new ArrayList<>());
                tokens = 0;
            }
            groups.get(groups.size() - 1).add(positions.get(i));
            tokens += more;
        }
        return groups;
    }

    /** A question that is asked in one call, and its texts as they are sent. */
    record Part(Question question, List<RecordText> texts) {
        int count() {
            return texts.size();
        }
    }

    private static Part part(Question question, List<RecordText> texts, List<Integer> positions) {
        List<Item> items = positions.stream().map(question.items()::get).toList();
        return new Part(
                new Question(items, question.round()),
                positions.stream().map(texts::get).toList());
    }

    /**
     * The request for a question.
     *
     * @param hints candidates for each record, by position; empty for one without
     * @param shard tells apart the names under which the provider's cache is used
     */
    Draft draft(Part part, List<List<String>> hints, ReplyMode mode, String nonce, int shard) {
        int round = part.question().round();
        String user = writer.user(part.texts(), hints, mode, nonce, round >= Repair.GROUPS);
        int output = mostOutput(part.count(), mode, round);
        ChatRequest request = new ChatRequest(
                writer.system(),
                user,
                schema.format(mode, part.count()),
                output,
                settings.timeout().plus(TIME_PER_TOKEN.multipliedBy(output)),
                prefixKey + "-" + shard);
        return new Draft(request, mode, prefixTokens(mode, part.count()) + reserved(user));
    }

    /** Counting takes a sixth of all that a call costs here, so only where a limit or a cap rests on it. */
    private long reserved(String user) {
        boolean exact = settings.maxCost().isPresent() || settings.tpm().isPresent();
        return exact ? userTokens(user) : TokenCounter.most(user) / BYTES_PER_TOKEN + FRAME_TOKENS;
    }

    /** Tokens of the lines with candidates, counted. */
    int hintTokens(List<List<String>> hints) {
        return counter.count(PromptWriter.hints(new RecordIds(hints.size()), hints));
    }

    /** Tokens of the part that differs from call to call, counted. */
    long userTokens(String user) {
        return (long) counter.count(user) + FRAME_TOKENS;
    }

    /** A request, and the tokens it takes; about, where nothing rests on it. */
    record Draft(ChatRequest request, ReplyMode mode, long inputTokens) {
        long mostTokens() {
            return inputTokens + request.maxOutputTokens();
        }
    }

    /** Room for the longest answer and half as much again; twice of it where an answer may have been cut off before. */
    private int mostOutput(int count, ReplyMode mode, int round) {
        int entry = (mode == ReplyMode.ARRAY ? LIST_ENTRY_TOKENS : ENTRY_TOKENS) + longestName;
        int most = (int) Math.ceil(1.5 * count * entry) + SPARE_OUTPUT_TOKENS + settings.reasoningTokens();
        return round >= Repair.GROUPS ? 2 * most : most;
    }

    /** What an answer about so many records will take, reasoning left out. */
    long expectedOutput(int count, ReplyMode mode) {
        int entry = mode == ReplyMode.ARRAY ? WRITTEN_LIST_ENTRY_TOKENS : WRITTEN_ENTRY_TOKENS;
        return Math.round(count * (entry + averageName)) + 1;
    }

    /**
     * All in here that can change an answer. With hints, the prompt is another one; who guesses them is not told apart: a better
     * ranker must not make answers void that were paid for.
     */
    SortedMap<String, String> fingerprint() {
        StringBuilder prompt = new StringBuilder(writer.system());
        for (ReplyMode mode : ReplyMode.values()) {
            prompt.append('\n')
                    .append(writer.user(List.of(new RecordText("text", true)), Hints.none(1), mode, "nonce", true));
        }
        SortedMap<String, String> all = new TreeMap<>(Map.of(
                "prompt", Digest.sha256(prompt.toString()).substring(0, KEY_DIGITS),
                "protocol", VERSION,
                "record-tokens", Integer.toString(settings.recordTokens()),
                "format", settings.format().map(ReplyMode::key).orElse("auto")));
        if (hints.areOn()) {
            all.put("hints", "on");
        }
        return all;
    }
}
