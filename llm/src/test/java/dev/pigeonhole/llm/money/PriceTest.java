package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
    private static Price price(String input, String cached, String write, String output) {
        return new Price(
                new BigDecimal(input),
                new BigDecimal(cached),
                new BigDecimal(write),
                new BigDecimal(output),
                LocalDate.EPOCH,
                "test");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0,0,0",
        "1000000,0,0,0,2.50",
        "1000000,1000000,0,0,1.25",
        "1000000,0,1000000,0,3.125",
        "0,0,0,1000000,10",
        "1234,1024,128,77,0.002655",
        "1,0,0,0,0.0000025"
    })
    void theCostIsThatOfTheParts(long input, long cached, long write, long output, BigDecimal dollars) {
        Price price = price("2.50", "1.25", "3.125", "10.00");

        assertThat(price.cost(new TokenUsage(input, cached, write, output))).isEqualTo(Money.dollars(dollars));
    }

    @Test
    void theSmallestPriceIsExactToThePicodollar() {
        assertThat(price("0.000001", "0", "0", "0").cost(new TokenUsage(3, 0, 0, 0)))
                .isEqualTo(new Money(3));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 20), LongStream.of(System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noCostIsAboveTheWorstCaseOrOffByAPicodollar(long seed) {
        Random random = new Random(seed);
        for (int draw = 0; draw < 500; draw++) {
            Price price = price(amount(random), amount(random), amount(random), amount(random));
            TokenUsage usage = new TokenUsage(
                    random.nextInt(100_000), random.nextInt(100_000), random.nextInt(100_000), random.nextInt(5_000));
            long cached = Math.min(usage.cachedInput(), usage.input());
            long write = Math.min(usage.cacheWrite(), usage.input() - cached);
            BigDecimal expected = times(price.input(), usage.input() - cached - write)
                    .add(times(price.cachedInput(), cached))
                    .add(times(price.cacheWrite(), write))
                    .add(times(price.output(), usage.output()));

            Money cost = price.cost(usage);

            assertThat(cost.toDollars()).isEqualByComparingTo(expected);
            assertThat(cost).isLessThanOrEqualTo(price.worstCase(usage.input(), usage.output()));
        }
    }

    private static String amount(Random random) {
        return BigDecimal.valueOf(random.nextInt(50_000_000), 6).toPlainString();
    }

    private static BigDecimal times(BigDecimal perMillion, long tokens) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    @Test
    void aServerThatCountsMorePartsThanInputMakesNoNegativeCost() {
        Price price = price("2.50", "1.25", "3.00", "10.00");

        assertThat(price.cost(new TokenUsage(100, 500, 700, 0))).isEqualTo(price.cost(new TokenUsage(100, 100, 0, 0)));
    }

    @Test
    void theWorstCaseTakesTheDearestInput() {
        assertThat(price("2", "1", "2.5", "10").worstCase(1_000_000, 100_000))
                .isEqualTo(Money.dollars(new BigDecimal("3.5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.0000001", "1000001"})
    void aPriceThatCannotBeIsRefused(String wrong) {
        assertThatThrownBy(() -> price("1", "1", "1", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output");
    }

    @Test
    void zerosAtTheEndAreNoDecimals() {
        assertThat(price("1.00000000", "1", "1", "1").cost(new TokenUsage(1, 0, 0, 0)))
                .isEqualTo(new Money(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({"1000000,0,0,0,1.25", "1000000,1000000,0,0,0.625", "1000000,0,1000000,0,1.5625", "0,0,0,1000000,5"})
    void aBatchAtHalfThePriceHalvesEveryPart(long input, long cached, long write, long output, BigDecimal dollars) {
        Price price = halved("0.625");

        assertThat(price.batch().cost(new TokenUsage(input, cached, write, output)))
                .isEqualTo(Money.dollars(dollars));
    }

    @Test
    void whereRebatesDoNotAddUpTheCacheHasAPriceOfItsOwnInABatch() {
        TokenUsage usage = new TokenUsage(1_000_000, 1_000_000, 0, 0);

        assertThat(halved("1.25").batch().cost(usage)).isEqualTo(Money.dollars(new BigDecimal("1.25")));
    }

    @Test
    void theRebateIsGivenOnce() {
        Price once = halved("0.625").batch();

        assertThat(once.batch()).isEqualTo(once);
        assertThat(price("1", "0.5", "2", "3").batch()).isEqualTo(price("1", "0.5", "2", "3"));
    }

    @Test
    void theWorstCaseOfABatchIsAtItsOwnPrices() {
        assertThat(halved("0.625").batch().worstCase(1_000_000, 100_000))
                .isEqualTo(Money.dollars(new BigDecimal("2.0625")));
        assertThat(halved("9").batch().worstCase(1_000_000, 0)).isEqualTo(Money.dollars(BigDecimal.valueOf(9)));
    }

    private static Price halved(String cached) {
        return new Price(
                new BigDecimal("2.50"),
                new BigDecimal("1.25"),
                new BigDecimal("3.125"),
                new BigDecimal("10.00"),
                new BigDecimal("0.5"),
                new BigDecimal(cached),
                LocalDate.EPOCH,
                "test");
    }
}
