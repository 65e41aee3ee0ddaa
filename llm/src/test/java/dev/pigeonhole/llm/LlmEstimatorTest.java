package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LlmEstimatorTest {
    private static final Price PRICE = new Price(
            BigDecimal.TEN,
            BigDecimal.ONE,
            BigDecimal.TEN,
            BigDecimal.valueOf(40),
            LocalDate.of(2026, 11, 1),
            "price page");

    private static LlmEstimator estimator(Taxonomy taxonomy, LlmSettings settings, Optional<Price> price) {
        return new LlmEstimator("m", Map.of("model", "m"), Bench.protocol(taxonomy, settings), settings, price);
    }

    private static void add(LlmEstimator estimator, List<Item> items) {
        for (int from = 0; from < items.size(); from += 20) {
            estimator.add(items.subList(from, Math.min(items.size(), from + 20)));
        }
    }

    @Test
    void countsWhatTheCategorizerWouldSend() {
        List<Item> items = Bench.items(95);
        LlmEstimator estimator = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.empty());
        add(estimator, items);
        Bench bench = new Bench(ScriptedChatModel.honest());
        for (int from = 0; from < items.size(); from += 20) {
            bench.ask(items.subList(from, Math.min(items.size(), from + 20)));
        }
        Estimate estimate = estimator.estimate();
        assertThat(estimate.calls()).isEqualTo(bench.model.calls());
        long sent = bench.model.seen().stream()
                .mapToLong(seen -> Bench.COUNTER.count(seen.request().system())
                        + Bench.COUNTER.count(
                                ((ReplyFormat.JsonSchema) seen.request().format()).json())
                        + Bench.COUNTER.count(seen.request().user()))
                .sum();
        assertThat(estimate.inputTokens()).isCloseTo(sent, Percentage.withPercentage(6));
        assertThat(estimate.outputTokens()).isBetween(95 * 5L, 95 * 8L);
        assertThat(estimate.least()).isEmpty();
        assertThat(estimate.basis()).contains("price of m is not known");
        assertThat(estimate.time()).isEmpty();
    }

    @Test
    void manyRecordsGoByTheirLength() {
        LlmEstimator counted = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.empty());
        LlmEstimator mixed = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.empty());
        add(counted, Bench.items(LlmEstimator.COUNTED_RECORDS));
        add(mixed, Bench.items(LlmEstimator.COUNTED_RECORDS));
        add(mixed, Bench.items(LlmEstimator.COUNTED_RECORDS));
        assertThat(mixed.estimate().inputTokens())
                .isCloseTo(2 * counted.estimate().inputTokens(), Percentage.withPercentage(2));
        assertThat(mixed.estimate().calls()).isEqualTo(2 * counted.estimate().calls());
    }

    @Test
    void rangeIsFromAFullCacheToNoneWithRepairs() {
        Taxonomy large = new Taxonomy(
                "",
                IntStream.range(0, 40)
                        .mapToObj(i -> new Category("name " + i, "d".repeat(200), List.of(), List.of()))
                        .toList(),
                true);
        LlmEstimator estimator = estimator(large, LlmSettings.defaults(), Optional.of(PRICE));
        add(estimator, Bench.items(200));
        Estimate estimate = estimator.estimate();
        Money plain = PRICE.cost(new TokenUsage(estimate.inputTokens(), 0, 0, estimate.outputTokens()));
        assertThat(estimate.least().orElseThrow()).isLessThan(plain);
        assertThat(estimate.most().orElseThrow().toDollars().doubleValue())
                .isCloseTo(plain.toDollars().doubleValue() * 1.16, Percentage.withPercentage(1));
        assertThat(estimate.basis()).contains("2026-11-01").contains("price page");
    }

    @Test
    void batchesCostTheirPartAndAreLeftOutWhereThatIsNotKnown() {
        Price half = new Price(
                PRICE.input(),
                PRICE.cachedInput(),
                PRICE.cacheWrite(),
                PRICE.output(),
                new BigDecimal("0.5"),
                PRICE.cachedInput(),
                PRICE.asOf(),
                PRICE.source());
        LlmEstimator estimator = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.of(half));
        add(estimator, Bench.items(200));
        Estimate estimate = estimator.estimate();
        assertThat(estimate.batchCost().orElseThrow().expected().picodollars() * 2)
                .isEqualTo(estimate.expected().orElseThrow().picodollars());
        assertThat(estimate.batchCost().orElseThrow().most())
                .as("what is asked again is asked at the full price")
                .isGreaterThan(new Money(estimate.most().orElseThrow().picodollars() / 2));

        LlmEstimator without = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.of(PRICE));
        add(without, Bench.items(20));
        assertThat(without.estimate().batchCost()).isEmpty();
    }

    @Test
    void shortPrefixesAreNotCached() {
        LlmEstimator estimator = estimator(Bench.TICKETS, LlmSettings.defaults(), Optional.of(PRICE));
        add(estimator, Bench.items(200));
        Estimate estimate = estimator.estimate();
        assertThat(estimate.least())
                .contains(PRICE.cost(new TokenUsage(estimate.inputTokens(), 0, 0, estimate.outputTokens())));
    }

    @Test
    void timeFollowsFromTheLimitsThatWereTold() {
        LlmEstimator estimator = estimator(
                Bench.TICKETS, LlmSettings.builder().rpm(5).tpm(10_000_000).build(), Optional.empty());
        add(estimator, Bench.items(200));
        assertThat(estimator.estimate().time()).contains(Duration.ofMinutes(2));
    }

    @Test
    void realPricesAndCountersGoTogether() {
        var estimator =
                LlmCategorizer.estimator("m-unknown", Map.of("model", "m"), Bench.TICKETS, LlmSettings.defaults());
        estimator.add(Bench.items(20));
        assertThat(estimator.estimate().inputTokens()).isBetween(400L, 2_000L);
        assertThat(estimator.fingerprint()).containsEntry("model", "m").containsKey("prompt");
        assertThat(estimator.hasLastingAnswers()).isTrue();
    }
}
