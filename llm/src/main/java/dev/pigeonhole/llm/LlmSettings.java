package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.llm.lane.Intervals;
import dev.pigeonhole.llm.money.PriceList;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for a language model of any vendor. Immutable; made by {@link #of} from a provider's options, or by a
 * {@link Builder}.
 */
public final class LlmSettings {
    /** The options that {@link #of} knows; all others are the vendor module's. */
    public static final Set<String> KEYS = LlmOptions.KEYS;

    static final int LEAST_RECORD_TOKENS = 16;
    static final int MOST_RECORD_TOKENS = 50_000;

    private final OptionalInt rpm;
    private final OptionalLong tpm;
    private final OptionalInt concurrency;
    private final Optional<Money> maxCost;
    private final PriceList prices;
    private final int recordTokens;
    private final int userTokens;
    private final Optional<ReplyMode> format;
    private final int reasoningTokens;
    private final Duration timeout;
    private final boolean fresh;
    private final HintMode hints;
    private final LanePlan lane;

    private LlmSettings(Builder builder) {
        this.rpm = builder.rpm;
        this.tpm = builder.tpm;
        this.concurrency = builder.concurrency;
        this.maxCost = builder.maxCost;
        this.prices = builder.prices == null ? PriceList.bundled() : builder.prices;
        this.recordTokens = builder.recordTokens;
        this.userTokens = Math.max(builder.userTokens, builder.recordTokens);
        this.format = builder.format;
        this.reasoningTokens = builder.reasoningTokens;
        this.timeout = builder.timeout;
        this.fresh = builder.fresh;
        this.hints = builder.hints;
        this.lane = new LanePlan(builder.batch, builder.deadline, builder.lanePoll);
    }

    /** What holds if nothing is said. */
    public static LlmSettings defaults() {
        return builder().build();
    }

    /**
     * Reads the options in {@link #KEYS} and leaves all others alone: {@code rpm}, {@code tpm} (limits in a minute; 0: not told),
     * {@code max-cost} (US dollars), {@code prices} (a price file), {@code record-tokens}, {@code format}
     * ({@code auto|keyed|array|json|lines}), {@code reasoning-tokens}, {@code timeout} (seconds), {@code fresh}
     * ({@code true|false}), {@code hints} ({@code auto|on|off}: candidates for the category of each record), {@code concurrency},
     * {@code lane} ({@code sync|batch}: whether questions go through the provider's batches first), {@code deadline} (how long
     * batches may take, such as {@code 6h}), {@code lane-poll} (time between looks at a batch in the beginning, such as
     * {@code 5s}).
     *
     * @throws dev.pigeonhole.core.ConfigurationException a value is wrong; the message says what is expected
     */
    public static LlmSettings of(Map<String, String> options) {
        return new LlmOptions(options).read();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Requests allowed in a minute, if told. */
    public OptionalInt rpm() {
        return rpm;
    }

    /** Tokens allowed in a minute, if told. */
    public OptionalLong tpm() {
        return tpm;
    }

    /** Calls in flight, if told. */
    public OptionalInt concurrency() {
        return concurrency;
    }

    /** Most that the job may cost. */
    public Optional<Money> maxCost() {
        return maxCost;
    }

    public PriceList prices() {
        return prices;
    }

    /** Most tokens of a record that are sent; of a longer one the middle is left out. */
    public int recordTokens() {
        return recordTokens;
    }

    /** Most tokens of all records of one call together; a sub-batch with more becomes several calls. */
    int userTokens() {
        return userTokens;
    }

    /** How answers are asked for first; empty: as suits the categories. */
    Optional<ReplyMode> format() {
        return format;
    }

    /** Tokens that the model may write in a call beside its answer. */
    public int reasoningTokens() {
        return reasoningTokens;
    }

    /** Most time for a call with an empty answer; a twentieth of a second is added for each token that it may write. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether answers are neither taken from earlier jobs nor kept for later ones. */
    public boolean fresh() {
        return fresh;
    }

    /** Whether candidates are shown with records. */
    HintMode hints() {
        return hints;
    }

    /** Whether questions go through the provider's batches first, at a lower price. */
    public boolean batch() {
        return lane.open();
    }

    /** How long batches may take, from the first question on; what is left then is asked about without them. */
    public Optional<Duration> deadline() {
        return lane.patience();
    }

    LanePlan lane() {
        return lane;
    }

    /** Sets one thing after the other. Not thread-safe. */
    public static final class Builder {
        private OptionalInt rpm = OptionalInt.empty();
        private OptionalLong tpm = OptionalLong.empty();
        private OptionalInt concurrency = OptionalInt.empty();
        private Optional<Money> maxCost = Optional.empty();
        private @Nullable PriceList prices;
        private int recordTokens = 400;
        private int userTokens = 6_000;
        private Optional<ReplyMode> format = Optional.empty();
        private int reasoningTokens;
        private Duration timeout = Duration.ofSeconds(60);
        private boolean fresh;
        private HintMode hints = HintMode.AUTO;
        private boolean batch;
        private Optional<Duration> deadline = Optional.empty();
        private Intervals lanePoll = Intervals.DEFAULT;

        private Builder() {}

        /** Requests allowed in a minute, at least 1. */
        public Builder rpm(int limit) {
            require(limit >= 1, "rpm", limit);
            rpm = OptionalInt.of(limit);
            return this;
        }

        /** Tokens allowed in a minute, at least 1. */
        public Builder tpm(long limit) {
            require(limit >= 1, "tpm", limit);
            tpm = OptionalLong.of(limit);
            return this;
        }

        /** Calls in flight, at least 1. */
        public Builder concurrency(int calls) {
            require(calls >= 1, "concurrency", calls);
            concurrency = OptionalInt.of(calls);
            return this;
        }

        public Builder maxCost(Money cap) {
            maxCost = Optional.of(cap);
            return this;
        }

        public Builder prices(PriceList list) {
            prices = Objects.requireNonNull(list, "list");
            return this;
        }

        /** Most tokens of a record, from 16 to 50,000. */
        public Builder recordTokens(int tokens) {
            require(tokens >= LEAST_RECORD_TOKENS && tokens <= MOST_RECORD_TOKENS, "recordTokens", tokens);
            recordTokens = tokens;
            return this;
        }

        /** Most tokens of all records of a call, at least 1; never less than {@link #recordTokens} in effect. */
        Builder userTokens(int tokens) {
            require(tokens >= 1, "userTokens", tokens);
            userTokens = tokens;
            return this;
        }

        Builder format(ReplyMode mode) {
            format = Optional.of(mode);
            return this;
        }

        /** Tokens beside the answer, at least 0. */
        public Builder reasoningTokens(int tokens) {
            require(tokens >= 0, "reasoningTokens", tokens);
            reasoningTokens = tokens;
            return this;
        }

        public Builder timeout(Duration least) {
            require(!least.isNegative() && !least.isZero(), "timeout", least.toMillis());
            timeout = least;
            return this;
        }

        public Builder fresh(boolean on) {
            fresh = on;
            return this;
        }

        Builder hints(HintMode mode) {
            hints = mode;
            return this;
        }

        public Builder batch(boolean on) {
            batch = on;
            return this;
        }

        /** How long batches may take, more than zero. */
        public Builder deadline(Duration patience) {
            require(!patience.isNegative() && !patience.isZero(), "deadline", patience.toMillis());
            deadline = Optional.of(patience);
            return this;
        }

        /** Time between two looks at a batch in the beginning, more than zero. */
        public Builder lanePoll(Duration first) {
            lanePoll = new Intervals(first);
            return this;
        }

        public LlmSettings build() {
            return new LlmSettings(this);
        }

        private static void require(boolean right, String name, long value) {
            if (!right) {
                throw new IllegalArgumentException(name + " " + value);
            }
        }
    }
}
