package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A server on the loopback address that speaks the wire format of OpenAI's chat completions and batches, answers truly or as badly as it is
 * told to, holds its clients to limits, and keeps a bill. What happens by chance is the same for the same seed and order of calls.
 * Thread-safe.
 */
public final class FakeLlm implements AutoCloseable {
    private final ServerState state;
    private final HttpListener listener;

    private FakeLlm(ServerState state, HttpListener listener) {
        this.state = state;
        this.listener = listener;
    }

    /** A server without limits, faults, latency and key, that answers by hash. */
    public static Builder builder() {
        return new Builder();
    }

    /** What clients take as their base URL; ends in {@code /v1}. */
    public URI baseUrl() {
        return root().resolve("/v1");
    }

    /** Where the control endpoints are. */
    public URI root() {
        return URI.create("http://127.0.0.1:" + listener.port() + "/");
    }

    public Bill bill() {
        return state.bill();
    }

    public Stats stats() {
        return state.meter().stats(state.faults().happened());
    }

    /** The last calls that are over, in the order in which they ended. */
    public List<Call> calls() {
        return state.meter().log();
    }

    /** Other limits from now on; what is left in the buckets stays. */
    public void limits(Limits limits) {
        state.buckets().change(limits);
    }

    /** Other rules from now on. */
    public void faults(FaultRule... rules) {
        state.faults().replace(List.of(rules));
    }

    /** What the batch lane did so far. */
    public LaneBill lane() {
        return state.lane().bill();
    }

    /** Another way of working for the batch lane from now on. */
    public void batches(BatchSettings settings) {
        state.lane().change(settings);
    }

    /** Works on all requests of the batches that are under way, at once; those that never end do not end. */
    public void finishBatches() {
        state.lane().finish();
    }

    /** Puts the time of the batch lane forward. */
    public void advanceBatches(Duration time) {
        state.lane().advance(time);
    }

    /** Forgets bill, counts, cached prompts, files and batches. Limits and rules stay, and the rules begin anew. */
    public void reset() {
        state.reset();
    }

    /** Ends all connections at once. */
    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** What a server is to be like. Not thread-safe. */
    public static final class Builder {
        private int port;
        private long seed = 1;
        private String key = "";
        private List<String> models = List.of();
        private Limits limits = Limits.NONE;
        private Latency latency = Latency.none();
        private int places = Integer.MAX_VALUE;
        private Oracle oracle = Oracle.byHash(1);
        private Abilities abilities = Abilities.ALL;
        private TokenCount tokens = TokenCount.quarterOfChars();
        private BatchSettings batches = BatchSettings.USUAL;
        private int rememberedCalls = 100_000;
        private LongSupplier nanos = System::nanoTime;
        private final List<FaultRule> faults = new ArrayList<>();

        private Builder() {}

        /** 0, the default, for any that is free. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** Of all that happens by chance; default 1. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** The key that clients must bring, as bearer token or as {@code api-key}; default: any or none. */
        public Builder key(String value) {
            this.key = Objects.requireNonNull(value, "key");
            return this;
        }

        /** The models that exist; default: any. */
        public Builder models(String... names) {
            this.models = List.of(names);
            return this;
        }

        /** Default {@link Limits#NONE}. */
        public Builder limits(Limits value) {
            this.limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /** Default {@link Latency#none()}. */
        public Builder latency(Latency value) {
            this.latency = Objects.requireNonNull(value, "latency");
            return this;
        }

        /** How many calls are worked on at once, at least 1; the others wait. Default: all. */
        public Builder places(int number) {
            this.places = number;
            return this;
        }

        /** Default: by hash. */
        public Builder oracle(Oracle value) {
            this.oracle = Objects.requireNonNull(value, "oracle");
            return this;
        }

        /** Default {@link Abilities#ALL}. */
        public Builder abilities(Abilities value) {
            this.abilities = Objects.requireNonNull(value, "abilities");
            return this;
        }

        /** Default {@link TokenCount#quarterOfChars()}. */
        public Builder tokens(TokenCount value) {
            this.tokens = Objects.requireNonNull(value, "tokens");
            return this;
        }

        /** How the batch lane works; default {@link BatchSettings#USUAL}. */
        public Builder batches(BatchSettings value) {
            this.batches = Objects.requireNonNull(value, "batches");
            return this;
        }

        /** Adds rules; of those that suit a call, the earlier ones have the first share of chance. */
        public Builder faults(FaultRule... rules) {
            faults.addAll(List.of(rules));
            return this;
        }

        /** How many calls are remembered one by one, at least 1; default 100,000. */
        public Builder rememberedCalls(int number) {
            if (number < 1) {
                throw new IllegalArgumentException(number + " remembered calls");
            }
            this.rememberedCalls = number;
            return this;
        }

        /** The clock of limits and measurements; tests set it by hand. */
        Builder nanos(LongSupplier clock) {
            this.nanos = clock;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IOException the port is not free
         */
        public FakeLlm start() throws IOException {
            ServerSettings settings = new ServerSettings(seed, key, models, abilities, oracle, tokens, latency, places);
            ObjectMapper json = new ObjectMapper();
            Replies replies = new Replies(json, Clock.systemUTC());
            Clerk clerk = new Clerk(settings, json, replies);
            Faults rules = new Faults(faults);
            Bill bill = new Bill();
            ServerState state = new ServerState(
                    new Meter(nanos, rememberedCalls),
                    new Buckets(limits, nanos),
                    rules,
                    new PromptCache(),
                    bill,
                    lane(settings, json, clerk, replies, rules, bill));
            Router router = new Router(state, settings, json, replies, clerk);
            return new FakeLlm(state, new HttpListener(port, router, state.meter()::connect));
        }

        private Lane lane(
                ServerSettings settings, ObjectMapper json, Clerk clerk, Replies replies, Faults rules, Bill bill) {
            LaneClock clock = new LaneClock(nanos, Instant.now());
            LaneParts parts = new LaneParts(
                    settings,
                    json,
                    clerk,
                    replies,
                    new LaneWords(json),
                    new LaneFaults(rules, seed, clock),
                    clock,
                    new FileShelf(seed, clock, bill),
                    bill);
            return new Lane(parts, batches);
        }
    }
}
