package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import dev.pigeonhole.llm.pace.RateLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TillTest {
    private static final Question QUESTION = Question.first(Bench.items(20));

    private static Bench failing(RuntimeException e) {
        return new Bench(new ScriptedChatModel(seen -> {
            throw e;
        }));
    }

    private static void assertBooksClosed(Bench bench, String permit, String reservation) {
        assertThat(bench.pacer.ends).containsExactly(permit);
        assertThat(bench.budget.ends).containsExactly(reservation);
        assertThat(bench.pacer.open()).isZero();
        assertThat(bench.budget.open()).isZero();
    }

    @Test
    void answeredCallIsEnteredBeforeItIsSentAndItsAnswerBeforeItIsRead() {
        List<String> order = new ArrayList<>();
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            order.add("sent");
            return ScriptedChatModel.reply("not an answer at all");
        }));
        bench.categorizer
                .begin(new Assignment(new WatchedLedger(order), 4, true))
                .ask(QUESTION);
        assertThat(order).containsExactly("begin keyed 20 rows", "sent", "answered STOP not an answer at all");
        assertBooksClosed(bench, "answered 1100", "settled");
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMIT,RATE_LIMIT,limited,released,1",
        "SERVER_ERROR,HTTP_5XX,failed,released,1",
        "UNREACHABLE,UNREACHABLE,failed,released,1",
        "TIMEOUT,TIMEOUT,failed,kept,0",
        "BROKEN_ANSWER,BAD_ANSWER,failed,kept,0"
    })
    void failedCall(ChatFailedException.Kind kind, String cause, String permit, String reservation, long unbilled) {
        Bench bench = failing(new ChatFailedException(kind, "down", Duration.ofSeconds(9), RateLimits.UNKNOWN, null));
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(bench.ledger, 4, true))
                        .ask(QUESTION))
                .isInstanceOfSatisfying(TransientCategorizerException.class, e -> {
                    assertThat(e.failure().name()).isEqualTo(cause);
                    assertThat(e.retryAfter()).contains(Duration.ofSeconds(9));
                });
        assertBooksClosed(bench, permit, reservation);
        assertThat(bench.ledger.bill().unbilled()).isEqualTo(unbilled);
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(1 - unbilled);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChatRefusedException.Kind.class,
            names = {"ADAPTED", "FORMAT_UNSUPPORTED", "TOO_LONG", "CONTENT_FILTER", "BAD_REQUEST"})
    void refusedCallCostsNothing(ChatRefusedException.Kind kind) {
        Bench bench = failing(new ChatRefusedException(kind, "no", null));
        bench.categorizer.begin(new Assignment(bench.ledger, 4, true)).ask(QUESTION);
        assertBooksClosed(bench, "released", "released");
        assertThat(bench.ledger.bill().unbilled()).isEqualTo(1);
    }

    @Test
    void defectInTheModelLeavesTheCallOpenAndItsMoneyAside() {
        Bench bench = failing(new IllegalStateException("defect"));
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(bench.ledger, 4, true))
                        .ask(QUESTION))
                .isInstanceOf(IllegalStateException.class);
        assertBooksClosed(bench, "released", "kept");
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(1);
    }

    @Test
    void ledgerThatCannotBeginSendsNothing() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(new BrokenLedger(true), 4, true))
                        .ask(QUESTION))
                .isInstanceOf(StorageException.class);
        assertBooksClosed(bench, "released", "released");
        assertThat(bench.model.calls()).isZero();
    }

    @Test
    void answerThatCannotBeKeptIsPaidAllTheSameAndNotUsed() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(new BrokenLedger(false), 4, true))
                        .ask(QUESTION))
                .isInstanceOf(StorageException.class);
        assertBooksClosed(bench, "answered 1100", "settled");
    }

    @Test
    void nothingIsEnteredOrSentBeyondTheCap() {
        Bench bench = new Bench(ScriptedChatModel.honest(), Bench.TICKETS, LlmSettings.defaults(), 0);
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(bench.ledger, 4, true))
                        .ask(QUESTION))
                .isInstanceOfSatisfying(
                        JobPausedException.class, e -> assertThat(e.reason()).isEqualTo(PauseReason.BUDGET));
        assertThat(bench.ledger.bill()).isEqualTo(Bill.NONE);
        assertThat(bench.model.calls()).isZero();
        assertThat(bench.pacer.ends).isEmpty();
    }

    @Test
    void stoppedConversationSendsNothingMore() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        Conversation conversation = bench.categorizer.begin(new Assignment(bench.ledger, 4, true));
        assertThat(conversation.held()).isEqualTo(7);
        conversation.stop();
        assertThatThrownBy(() -> conversation.ask(QUESTION)).isInstanceOf(NotSentException.class);
        assertThat(bench.ledger.bill()).isEqualTo(Bill.NONE);
        assertThat(bench.budget.open()).isZero();
    }

    @Test
    void permitRefusedAfterMoneyWasSetAsideGivesItBack() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        bench.pacer.stop();
        assertThatThrownBy(() -> bench.categorizer
                        .begin(new Assignment(bench.ledger, 4, true))
                        .ask(QUESTION))
                .isInstanceOf(NotSentException.class);
        assertThat(bench.budget.ends).containsExactly("released");
    }

    @Test
    void knownPriceMakesWorstCaseAndCost() {
        Price price = new Price(
                BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, LocalDate.of(2026, 11, 1), "test");
        FakePacer pacer = new FakePacer();
        FakeBudget budget = new FakeBudget(9);
        InMemoryLedger ledger = new InMemoryLedger();
        LlmSettings settings = LlmSettings.defaults();
        LlmCategorizer categorizer = new LlmCategorizer(
                ScriptedChatModel.honest(),
                settings,
                Bench.protocol(Bench.TICKETS, settings),
                new Surroundings(
                        Optional.of(price), pace -> pacer, spent -> budget, () -> "nonce", () -> 0, LaneTools.real()));
        categorizer.begin(new Assignment(ledger, 4, true)).ask(QUESTION);
        assertThat(ledger.bill().cost()).isEqualTo(Money.dollars(new BigDecimal("0.002")));
        assertThat(ledger.bill().usage()).isEqualTo(ScriptedChatModel.USAGE);
        List<PaidCall> calls = new ArrayList<>();
        ledger.forEachAnswer(calls::add);
        assertThat(calls.get(0).intent().worstCase()).contains(budget.reserved.get(0));
        assertThat(budget.reserved.get(0)).isGreaterThan(new Money(0));
    }

    @Test
    void usageThatTheServerDoesNotTellIsCountedHere() {
        Bench bench = new Bench(new ScriptedChatModel(
                seen -> new ChatReply("{}", ChatReply.Finish.STOP, TokenUsage.NONE, "", RateLimits.UNKNOWN)));
        bench.categorizer.begin(new Assignment(bench.ledger, 4, true)).ask(QUESTION);
        assertThat(bench.ledger.bill().usage().input()).isGreaterThan(400);
        assertThat(bench.ledger.bill().usage().output()).isEqualTo(2);
    }

    private static Conversation with(ChatModel model, Budget budget, FakePacer pacer, CallLedger ledger) {
        Price dear = new Price(
                BigDecimal.valueOf(1_000_000),
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.valueOf(1_000_000),
                LocalDate.of(2026, 11, 1),
                "test");
        LlmSettings settings = LlmSettings.defaults();
        return new LlmCategorizer(
                        model,
                        settings,
                        Bench.protocol(Bench.TICKETS, settings),
                        new Surroundings(
                                Optional.of(dear),
                                pace -> pacer,
                                spent -> budget,
                                () -> "nonce",
                                () -> 0,
                                LaneTools.real()))
                .begin(new Assignment(ledger, 4, true));
    }

    private static ScriptedChatModel saying(TokenUsage usage) {
        return new ScriptedChatModel(seen -> new ChatReply("{}", ChatReply.Finish.STOP, usage, "", RateLimits.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "9000000000000000000,0,0,5",
        "5,9000000000000000000,0,5",
        "5,0,9000000000000000000,5",
        "5,0,0,9000000000000000000",
        "9000000000000000000,0,0,9000000000000000000",
        "200000,0,0,5"
    })
    void usageThatCannotBeTrueCountsAsNotSaid(long input, long cached, long written, long output) {
        FakePacer pacer = new FakePacer();
        FakeBudget budget = new FakeBudget(9);
        InMemoryLedger ledger = new InMemoryLedger();
        with(saying(new TokenUsage(input, cached, written, output)), budget, pacer, ledger)
                .ask(QUESTION);
        assertThat(ledger.bill().usage().input()).isBetween(400L, 2_000L);
        assertThat(ledger.bill().usage().output()).isEqualTo(2);
        assertThat(budget.ends).containsExactly("settled");
        assertThat(pacer.ends).hasSize(1).first().asString().startsWith("answered ");
    }

    @Test
    void muchUsageThatMayBeTrueIsBelieved() {
        InMemoryLedger ledger = new InMemoryLedger();
        with(saying(new TokenUsage(90_000, 0, 0, 90_000)), new FakeBudget(9), new FakePacer(), ledger)
                .ask(QUESTION);
        assertThat(ledger.bill().usage()).isEqualTo(new TokenUsage(90_000, 0, 0, 90_000));
    }

    @Test
    void turnEndsEvenIfTheBudgetCannotSettle() {
        FakePacer pacer = new FakePacer();
        Conversation conversation =
                with(ScriptedChatModel.honest(), new OverflowingBudget(), pacer, new InMemoryLedger());
        assertThatThrownBy(() -> conversation.ask(QUESTION)).isInstanceOf(ArithmeticException.class);
        assertThat(pacer.ends).containsExactly("answered 1100");
    }

    @ParameterizedTest
    @EnumSource(
            value = ChatRefusedException.Kind.class,
            names = {"BAD_REQUEST", "KEY_REJECTED"})
    void refusedCallEndsItsTurnWhateverTheBudgetThrows(ChatRefusedException.Kind kind) {
        FakePacer pacer = new FakePacer();
        ScriptedChatModel model = new ScriptedChatModel(seen -> {
            throw new ChatRefusedException(kind, "no", null);
        });
        Conversation conversation = with(model, new OverflowingBudget(), pacer, new InMemoryLedger());
        assertThatThrownBy(() -> conversation.ask(QUESTION)).isInstanceOf(ArithmeticException.class);
        assertThat(pacer.ends).containsExactly("released");
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT,limited", "SERVER_ERROR,failed"})
    void failedCallEndsItsTurnIfTheLedgerFailsToo(ChatFailedException.Kind kind, String permit) {
        Bench bench = failing(new ChatFailedException(kind, "down", null, RateLimits.UNKNOWN, null));
        Conversation conversation = bench.categorizer.begin(new Assignment(new BrokenLedger(false), 4, true));
        assertThatThrownBy(() -> conversation.ask(QUESTION)).isInstanceOf(StorageException.class);
        assertBooksClosed(bench, permit, "released");
    }

    @Test
    void refusedCallEndsItsTurnIfTheLedgerFailsToo() {
        Bench bench = failing(new ChatRefusedException(ChatRefusedException.Kind.BAD_REQUEST, "no", null));
        Conversation conversation = bench.categorizer.begin(new Assignment(new BrokenLedger(false), 4, true));
        assertThatThrownBy(() -> conversation.ask(QUESTION)).isInstanceOf(StorageException.class);
        assertBooksClosed(bench, "released", "released");
    }

    /** Its sum is too large for an amount: no reservation can be ended. */
    private static final class OverflowingBudget implements Budget {
        @Override
        public Reservation reserve(Money worst) {
            return new Reservation() {
                @Override
                public void settle(Money actual) {
                    throw new ArithmeticException("long overflow");
                }

                @Override
                public void release() {
                    settle(Money.ZERO);
                }

                @Override
                public void keep() {
                    settle(worst);
                }
            };
        }

        @Override
        public Purse purse() {
            return Budget.unlimited().purse();
        }

        @Override
        public Money spent() {
            return Money.ZERO;
        }

        @Override
        public void stop() {}
    }

    /** Notes what is entered. */
    private static final class WatchedLedger implements CallLedger {
        private final List<String> order;
        private final InMemoryLedger ledger = new InMemoryLedger();

        WatchedLedger(List<String> order) {
            this.order = order;
        }

        @Override
        public long begin(CallIntent intent) {
            order.add("begin " + intent.format() + " " + intent.rows().size() + " rows");
            return ledger.begin(intent);
        }

        @Override
        public void answered(long call, CallAnswer answer) {
            order.add("answered " + answer.finish() + " " + answer.text());
            ledger.answered(call, answer);
        }

        @Override
        public void unbilled(long call) {
            ledger.unbilled(call);
        }

        @Override
        public long beginAll(List<CallIntent> intents) {
            return ledger.beginAll(intents);
        }

        @Override
        public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
            ledger.endAll(ends);
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

    /** Fails at the beginning of a call, or at its answer. */
    private record BrokenLedger(boolean atBegin) implements CallLedger {
        @Override
        public long begin(CallIntent intent) {
            if (atBegin) {
                throw new StorageException("disk full", null);
            }
            return 1;
        }

        @Override
        public void answered(long call, CallAnswer answer) {
            throw new StorageException("disk full", null);
        }

        @Override
        public void unbilled(long call) {
            throw new StorageException("disk full", null);
        }

        @Override
        public long beginAll(List<CallIntent> intents) {
            throw new StorageException("disk full", null);
        }

        @Override
        public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
            throw new StorageException("disk full", null);
        }

        @Override
        public void forEachOpen(OpenCall consumer) {}

        @Override
        public Bill bill() {
            return Bill.NONE;
        }

        @Override
        public void forEachAnswer(Consumer<PaidCall> consumer) {}

        @Override
        public void forEachUnsettled(Consumer<PaidCall> consumer) {}
    }
}
