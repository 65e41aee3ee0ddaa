package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.TokenCounter;
import dev.pigeonhole.llm.pace.RateLimits;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call of twenty records takes without the wire, in parts and as a whole; 77 categories. */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmLoops {
    private static final int RECORDS = 20;
    private static final String MODEL = "gpt-4o-mini";

    private final Taxonomy taxonomy = Taxonomy.load(Path.of("examples", "banking77", "categories.yaml"));
    private final Labels labels = new Labels(taxonomy, MODEL);
    private final PromptWriter prompts = new PromptWriter(taxonomy, labels, false);
    private final TokenCounter counter = TokenCounter.forModel(MODEL);
    /** Other words than the rows of a real file have, as many of them. */
    private final List<Item> items = IntStream.range(0, RECORDS)
            .mapToObj(i -> new Item(
                    i + 1L,
                    "Record " + i + ": "
                            + taxonomy.categories().get(i).examples().get(0) + " And then: "
                            + taxonomy.categories().get(i).examples().get(1)))
            .toList();

    private final List<RecordText> records =
            items.stream().map(item -> RecordText.of(item.text(), 500, counter)).toList();
    private final List<List<String>> noHints = Collections.nCopies(RECORDS, List.of());
    private final String name = taxonomy.names().get(RECORDS);
    private final String otherCase = name.toUpperCase(Locale.ROOT);
    private final String reply = IntStream.range(0, RECORDS)
            .mapToObj(i -> "\"r" + (i < 9 ? "0" : "") + (i + 1) + "\":\""
                    + taxonomy.names().get(i) + "\"")
            .collect(Collectors.joining(",", "{", "}"));

    private final LlmCategorizer categorizer = LlmCategorizer.of(
            new Canned(new ChatReply(
                    reply, ChatReply.Finish.STOP, new TokenUsage(1_000, 0, 0, 200), "", RateLimits.UNKNOWN)),
            taxonomy,
            LlmSettings.of(Map.of("hints", "off")));

    /** Answers at once, and always the same. */
    private record Canned(ChatReply reply) implements ChatModel {
        @Override
        public String name() {
            return MODEL;
        }

        @Override
        public Map<String, String> fingerprint() {
            return Map.of("model", MODEL);
        }

        @Override
        public ChatReply complete(ChatRequest request) {
            return reply;
        }
    }

    /** A text made fit to be sent: normal form, and whether it is short enough in tokens. */
    @Benchmark
    public RecordText clean() {
        return RecordText.of(items.get(0).text(), 500, counter);
    }

    @Benchmark
    public String promptOf20() {
        return prompts.user(records, noHints, ReplyMode.KEYED, "a1b2c3d4", false);
    }

    @Benchmark
    public int countTokensOf20() {
        int tokens = 0;
        for (Item item : items) {
            tokens += counter.count(item.text());
        }
        return tokens;
    }

    @Benchmark
    public Object parseReplyOf20() {
        return ReplyParser.parse(reply, ReplyMode.KEYED, RECORDS, ChatReply.Finish.STOP);
    }

    @Benchmark
    public Optional<Outcome> findLabel() {
        return labels.find(name);
    }

    @Benchmark
    public Optional<Outcome> findLabelOfOtherCase() {
        return labels.find(otherCase);
    }

    /** Prompt, money, pace, ledger in memory, reply, check. */
    @Benchmark
    public List<Outcome> wholeCallOf20() {
        return categorizer.categorize(items);
    }
}
