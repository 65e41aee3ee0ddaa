package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers chat completions, from the key to the bill. Thread-safe. */
final class ChatEndpoint {
    /** Deliveries that bring every byte, and nothing that a client has to be able to read. */
    static final Set<Fault> UNREADABLE = EnumSet.of(Fault.CUT_BODY, Fault.UTF_16_BODY, Fault.BIG_BODY);

    private final ServerState state;
    private final ServerSettings settings;
    private final ObjectMapper json;
    private final Replies replies;
    private final Clerk clerk;
    private final Work work;

    ChatEndpoint(ServerState state, ServerSettings settings, ObjectMapper json, Replies replies, Clerk clerk) {
        this.state = state;
        this.settings = settings;
        this.json = json;
        this.replies = replies;
        this.clerk = clerk;
        this.work = new Work(settings.places());
    }

    /**
     * @param model from the address; empty if it is in the body
     * @param elsewhere an address of another host
     */
    Reply answer(HttpRequest request, String model, String elsewhere, Client client) throws IOException {
        Meter.Arrival arrival = state.meter().arrive();
        Exchange exchange = new Exchange(request, model, elsewhere, client, arrival);
        boolean done = false;
        try {
            Reply reply = exchange.run();
            done = true;
            return reply.with("x-request-id", exchange.id())
                    .with("openai-processing-ms", "1")
                    .then(whole -> exchange.end(reply.status(), whole));
        } finally {
            if (!done) {
                exchange.end(0, false);
            }
        }
    }

    /** One call. Not thread-safe. */
    private final class Exchange {
        private final HttpRequest request;
        private final String model;
        private final String elsewhere;
        private final Client client;
        private final Meter.Arrival arrival;
        private String fault = "";
        private int items;
        private Replies.Usage usage = new Replies.Usage(0, 0, 0);
        private Draft draft = Draft.of("");
        private List<Question.Asked> billed = List.of();
        private boolean ended;

        private Exchange(HttpRequest request, String model, String elsewhere, Client client, Meter.Arrival arrival) {
            this.request = request;
            this.model = model;
            this.elsewhere = elsewhere;
            this.client = client;
            this.arrival = arrival;
        }

        private String id() {
            return "req_"
                    + Long.toHexString(
                            Chance.of(settings.seed(), arrival.number(), "id").nextLong());
        }

        private void end(int status, boolean whole) {
            if (whole) {
                state.bill().deliver(billed, draft.spoiled());
            } else if (ended) {
                state.bill().takeBack(billed, draft.spoiled());
                state.meter().takeBack();
                return;
            }
            ended = true;
            state.meter()
                    .end(
                            arrival,
                            new Call(
                                    arrival.number(),
                                    0,
                                    0,
                                    status,
                                    fault,
                                    items,
                                    usage.prompt(),
                                    usage.cached(),
                                    usage.answer(),
                                    whole));
        }

        private Reply run() throws IOException {
            if (!settings.accepts(request)) {
                return replies.unauthorized();
            }
            JsonNode body = parsed();
            if (!body.isObject()) {
                return counted(replies.badRequest("We could not parse the JSON body of your request.", null, null));
            }
            Question question = clerk.read(body, model);
            items = question.records().size();
            int promptTokens = clerk.promptTokens(question);
            Optional<Reply> refusal = clerk.refuse(body, question, promptTokens);
            if (refusal.isPresent()) {
                return counted(refusal.get());
            }
            Admission admission = state.buckets().admit(promptTokens, question.maxTokens());
            state.meter().admit(admission.admitted());
            return (admission.admitted()
                            ? admitted(question, promptTokens)
                            : replies.limited(admission, question.model()))
                    .with(admission.headers());
        }

        private JsonNode parsed() throws IOException {
            try {
                return json.readTree(request.body());
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** A request that fails is a request all the same. */
        private Reply counted(Reply reply) {
            return reply.with(state.buckets().refuse());
        }

        private Reply admitted(Question question, int promptTokens) throws IOException {
            Optional<FaultRule> rule = state.faults()
                    .next(
                            FaultRule.Where.CHAT,
                            arrival.number(),
                            arrival.sinceFirst(),
                            question.userText(),
                            Chance.of(settings.seed(), arrival.number(), "fault")
                                    .nextDouble());
            fault = rule.map(hit -> hit.fault().name()).orElse("");
            Optional<FaultRule> refusal = of(rule, Fault.Kind.REFUSAL);
            if (refusal.isPresent() && !refusal.get().late()) {
                return replies.refused(refusal.get(), question.model(), elsewhere);
            }
            draft = clerk.draft(
                    question, of(rule, Fault.Kind.CONTENT), Chance.of(settings.seed(), arrival.number(), "content"));
            int answerTokens = clerk.answerTokens(draft);
            boolean awaited = work.work(
                    settings.latency().of(answerTokens, Chance.of(settings.seed(), arrival.number(), "latency")),
                    client);
            if (refusal.isPresent()) {
                return awaited ? replies.refused(refusal.get(), question.model(), elsewhere) : Reply.toNobody();
            }
            bill(question, promptTokens, answerTokens);
            return awaited ? completion(question, of(rule, Fault.Kind.DELIVERY)) : Reply.toNobody();
        }

        private static Optional<FaultRule> of(Optional<FaultRule> rule, Fault.Kind kind) {
            return rule.filter(hit -> hit.fault().kind() == kind);
        }

        private void bill(Question question, int promptTokens, int answerTokens) {
            usage = new Replies.Usage(
                    promptTokens, Math.min(promptTokens, state.cache().ask(question.prompt())), answerTokens);
            billed = question.records();
            state.bill().bill(billed);
            state.meter().bill(usage.prompt(), usage.cached(), usage.answer(), items);
        }

        private Reply completion(Question question, Optional<FaultRule> delivery) {
            Reply reply = replies.completion(id(), question.model(), draft, usage);
            if (delivery.filter(rule -> UNREADABLE.contains(rule.fault())).isPresent()) {
                draft = draft.spoiling(question.records());
            }
            return delivery.map(reply::delivered).orElse(reply);
        }
    }
}
