package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** A job in small over a lane: what is durable of it outlives its runs. Does what the engine does, in one thread. */
final class LaneBench {
    static final int GROUP = 5;
    static final Price PRICE = new Price(
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.valueOf(4),
            new BigDecimal("0.5"),
            new BigDecimal("0.5"),
            LocalDate.of(2026, 1, 1),
            "made up");
    /** Of each call; less than any worst case. */
    static final TokenUsage USAGE = new TokenUsage(200, 0, 0, 50);

    static final Money FULL = PRICE.cost(USAGE);

    static final Money HALF = PRICE.batch().cost(USAGE);

    final HandClock clock = new HandClock();
    final ScriptedChatModel sync;
    final FakeBatches provider;
    final InMemoryLedger ledger = new InMemoryLedger();
    final Map<Long, Outcome> outcomes = new TreeMap<>();
    final List<Item> items;
    final List<String> warnings = new ArrayList<>();
    final List<Lane.Delivery> deliveries = new ArrayList<>();
    LlmSettings settings = LlmSettings.builder().batch(true).build();
    Optional<Money> cap = Optional.empty();
    private final Path folder;
    private final AtomicInteger words = new AtomicInteger();

    LaneBench(Path folder, int rows) {
        this(folder, rows, ScriptedChatModel.honest());
    }

    LaneBench(Path folder, int rows, ScriptedChatModel inBatches) {
        this.folder = folder;
        this.items = Bench.items(rows);
        this.sync = ScriptedChatModel.honest();
        this.provider = new FakeBatches(clock, inBatches);
    }

    private final class WithBatches implements ChatModel {
        @Override
        public String name() {
            return sync.name();
        }

        @Override
        public Map<String, String> fingerprint() {
            return sync.fingerprint();
        }

        @Override
        public ChatReply complete(ChatRequest request) {
            return billed(sync.complete(request));
        }

        @Override
        public Optional<BatchModel> batches() {
            return Optional.of(provider);
        }
    }

    static ChatReply billed(ChatReply reply) {
        return new ChatReply(reply.text(), reply.finish(), USAGE, reply.requestId(), reply.limits());
    }

    private record Memory(Path directory, long rows) implements JobMemory {
        @Override
        public String jobId() {
            return "job7";
        }

        @Override
        public void forEachOutcome(LongPredicate wanted, BiConsumer<Item, Outcome> consumer) {
            throw new AssertionError("not needed");
        }

        @Override
        public long reopen(String source, double confidence) {
            throw new AssertionError("not needed");
        }
    }

    Conversation begin() {
        Surroundings surroundings = new Surroundings(
                Optional.of(PRICE),
                pace -> new FakePacer(),
                spent -> cap.map(most -> Budget.capped(most, spent)).orElseGet(Budget::unlimited),
                () -> "word",
                () -> 0,
                new LaneTools(clock, clock::rest, () -> "token-" + words.incrementAndGet(), disk()));
        LlmCategorizer categorizer =
                new LlmCategorizer(new WithBatches(), settings, Bench.protocol(Bench.TICKETS, settings), surroundings);
        return categorizer.begin(new Assignment(guarded(), 1, true, Optional.of(new Memory(folder, items.size()))));
    }

    /** One run from beginning to end; the process may be killed on the way. */
    void run() {
        Conversation conversation = begin();
        use(conversation);
        conversation.lane().ifPresent(lane -> throughLane(conversation, lane));
        askTheRest(conversation);
        warnings.addAll(conversation.warnings());
        conversation.close();
    }

    void throughLane(Conversation conversation, Lane lane) {
        do {
            collect(lane);
            deliver(conversation, lane);
        } while (lane.wantsMore());
    }

    void collect(Lane lane) {
        List<Item> group = new ArrayList<>();
        for (Item item : items) {
            boolean left = !outcomes.containsKey(item.row()) && !lane.isUnderWay(item.row());
            if (left && lane.takes(item.row())) {
                group.add(item);
            }
            if (group.size() == GROUP) {
                lane.put(Question.first(group));
                group.clear();
            }
        }
        if (!group.isEmpty()) {
            lane.put(Question.first(group));
        }
    }

    void deliver(Conversation conversation, Lane lane) {
        for (int i = 0; i < 100_000; i++) {
            Lane.Delivery delivery = lane.await(Duration.ofSeconds(20));
            if (delivery instanceof Lane.Delivery.Done) {
                return;
            }
            if (delivery instanceof Lane.Delivery.Arrived) {
                deliveries.add(delivery);
                use(conversation);
            }
        }
        throw new AssertionError("the lane never ends: " + lane.status());
    }

    /** Answers that were paid for are recorded, and never read again. */
    private void use(Conversation conversation) {
        List<Long> settled = new ArrayList<>();
        ledger.forEachUnsettled(call -> {
            Answer answer = conversation.read(call);
            answer.outcomes().forEach(outcomes::putIfAbsent);
            settled.add(call.number());
        });
        ledger.settle(settled);
    }

    private void askTheRest(Conversation conversation) {
        List<Item> left =
                items.stream().filter(item -> !outcomes.containsKey(item.row())).toList();
        Deque<Question> open = new ArrayDeque<>();
        for (int from = 0; from < left.size(); from += GROUP) {
            open.add(Question.first(left.subList(from, Math.min(left.size(), from + GROUP))));
        }
        while (!open.isEmpty()) {
            Answer answer = conversation.ask(open.remove());
            outcomes.putAll(answer.outcomes());
            answer.call().ifPresent(call -> ledger.settle(List.of(call)));
            open.addAll(answer.again());
        }
    }

    // ---- what may go wrong

    private Disk disk() {
        Disk real = Disk.real();
        return new Disk() {
            @Override
            public Output create(Path file) throws IOException {
                Files.createDirectories(folder.resolve("lane")); // Made by the disk itself it would be forced.
                Output output = provider.mishaps.local("make file", () -> real.create(file));
                return new Output() {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        output.write(bytes);
                    }

                    @Override
                    public void force() throws IOException {
                        provider.mishaps.local("force", () -> true); // No power fails here, and it takes long.
                    }

                    @Override
                    public void close() throws IOException {
                        output.close();
                    }
                };
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                provider.mishaps.local("move", () -> {
                    real.delete(to); // To replace it takes long.
                    real.move(from, to);
                    return true;
                });
            }

            @Override
            public void forceDirectory(Path directory) throws IOException {
                // As above.
            }

            @Override
            public void delete(Path file) throws IOException {
                provider.mishaps.local("delete file", () -> {
                    real.delete(file);
                    return true;
                });
            }

            @Override
            public void wipe(Path directory) throws IOException {
                real.wipe(directory);
            }
        };
    }

    private CallLedger guarded() {
        return new GuardedLedger();
    }

    /** The ledger, with mishaps where the lane writes. */
    private final class GuardedLedger implements CallLedger {
        @Override
        public long begin(CallIntent intent) {
            return ledger.begin(intent);
        }

        @Override
        public void answered(long call, CallAnswer answer) {
            ledger.answered(call, answer);
        }

        @Override
        public void unbilled(long call) {
            ledger.unbilled(call);
        }

        @Override
        public long beginAll(List<CallIntent> intents) {
            return provider.mishaps.local("begin calls", () -> ledger.beginAll(intents));
        }

        @Override
        public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
            provider.mishaps.local("end calls", () -> {
                ledger.endAll(ends);
                return true;
            });
        }

        @Override
        public void forEachOpen(OpenCall consumer) {
            ledger.forEachOpen(consumer);
        }

        @Override
        public Bill bill() {
            return ledger.bill();
        }

        @Override
        public void forEachAnswer(Consumer<PaidCall> consumer) {
            ledger.forEachAnswer(consumer);
        }

        @Override
        public void forEachUnsettled(Consumer<PaidCall> consumer) {
            ledger.forEachUnsettled(consumer);
        }
    }

    // ---- what must hold

    /** Every row has its category, no request was handed over twice, and the bill is the provider's to the cent. */
    void assertAllIsWell(String where) {
        assertThat(outcomes).as("rows, %s", where).hasSize(items.size());
        items.forEach(item ->
                assertThat(category(item)).as("row %d, %s", item.row(), where).isEqualTo(Bench.expected(item)));
        assertNothingTwice(where);
        assertThat(ledger.bill().cost()).as("bill, %s", where).isEqualTo(billed());
        assertThat(ledger.bill().unanswered())
                .as("calls without an end, %s", where)
                .isZero();
        assertThat(ledger.bill().atRisk()).as("at risk, %s", where).isEqualTo(Money.ZERO);
    }

    String category(Item item) {
        return outcomes.get(item.row()) instanceof Outcome.Categorized categorized ? categorized.category() : "-";
    }

    void assertNothingTwice(String where) {
        Set<String> handedOver = new HashSet<>();
        Set<String> tokens = new HashSet<>();
        for (FakeBatches.Batch batch : provider.batches) {
            assertThat(tokens.add(batch.metadata.get("pigeonhole_token")))
                    .as("a batch of its own, %s", where)
                    .isTrue();
            if (!batch.status.equals(BatchState.Status.FAILED)) {
                batch.ids.forEach(id -> assertThat(handedOver.add(id))
                        .as("%s once, %s", id, where)
                        .isTrue());
            }
        }
    }

    Money billed() {
        long all = provider.answersBilled * HALF.picodollars() + sync.calls() * FULL.picodollars();
        return new Money(all);
    }
}
