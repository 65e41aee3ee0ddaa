package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A language model at work for one run. Thread-safe. */
final class LlmConversation implements Conversation {
    private final Protocol protocol;
    private final Drafter drafter;
    private final HintWatch watch;
    private final Till till;
    private final Optional<BatchLane> lane;
    private final Refusals refusals;
    private final LabelShares shares = new LabelShares();

    /** @param lane the provider's batches, if questions go that way, or are still under way there */
    LlmConversation(
            Protocol protocol,
            ModeMemory modes,
            Drafter drafter,
            HintWatch watch,
            Till till,
            Optional<BatchLane> lane) {
        this.protocol = protocol;
        this.drafter = drafter;
        this.watch = watch;
        this.till = till;
        this.lane = lane;
        this.refusals = new Refusals(modes);
    }

    @Override
    public Answer ask(Question question) {
        List<Protocol.Part> parts = drafter.divide(question);
        if (parts.size() > 1) {
            List<Question> again = parts.stream().map(Protocol.Part::question).toList();
            return Answer.none(again, OptionalLong.empty());
        }
        Drafter.Drafted drafted = drafter.draft(parts.get(0));
        return send(question, drafted.draft(), drafted.hints());
    }

    private Answer send(Question question, Protocol.Draft draft, List<List<String>> hints) {
        List<Long> rows = question.items().stream().map(Item::row).toList();
        refusals.begins();
        try {
            Till.Receipt receipt = till.send(draft, rows, question.round());
            refusals.answered();
            return read(question, draft.mode(), hints, receipt);
        } catch (ChatFailedException e) {
            throw Refusals.translated(e);
        } catch (ChatRefusedException e) {
            return refusals.answer(question, draft.mode(), e);
        } finally {
            refusals.ends();
        }
    }

    private Answer read(Question question, ReplyMode mode, List<List<String>> hints, Till.Receipt receipt) {
        ChatReply reply = receipt.reply();
        Verdict verdict =
                verdict(reply.text(), reply.finish(), mode, question.items().size());
        OptionalLong call = OptionalLong.of(receipt.call());
        List<Question> instead = shares.judge(question, verdict.settled().values());
        if (!instead.isEmpty()) {
            return Answer.none(instead, call);
        }
        watch.accepted(hints, verdict.settled());
        return Repair.answer(question, verdict, call);
    }

    private Verdict verdict(String text, ChatReply.Finish finish, ReplyMode mode, int count) {
        return switch (finish) {
            case CONTENT_FILTER -> Verdict.nothing(count, Trouble.FILTERED);
            case REFUSAL -> Verdict.nothing(count, Trouble.REFUSED);
            case STOP, LENGTH, OTHER -> {
                boolean cutOff = finish == ChatReply.Finish.LENGTH;
                yield Verdict.of(ReplyParser.parse(text, mode, count, finish), protocol.labels(), cutOff);
            }
        };
    }

    @Override
    public Answer read(PaidCall call) {
        OptionalLong number = OptionalLong.of(call.number());
        Optional<ReplyMode> mode = CallFormat.mode(call.intent().format());
        Optional<ChatReply.Finish> finish = finish(call.answer().finish());
        if (mode.isEmpty() || finish.isEmpty()) {
            return Answer.none(List.of(), number); // Written by another version: asked again.
        }
        // An answer is read by its ids; the texts are not needed.
        List<Item> items =
                call.intent().rows().stream().map(row -> new Item(row, "-")).toList();
        Question question = new Question(items, call.intent().round());
        Verdict verdict = verdict(call.answer().text(), finish.get(), mode.get(), items.size());
        if (isDoubtful(call, verdict)) {
            return Answer.none(List.of(), number);
        }
        return new Answer(Repair.answer(question, verdict, number).outcomes(), List.of(), number);
    }

    /** Answers of an earlier run are believed: they were judged, or there is nothing to compare them with. */
    private boolean isDoubtful(PaidCall call, Verdict verdict) {
        return lane.filter(batches -> batches.hasFetched(call.number())).isPresent()
                && shares.doubts(verdict.settled().values());
    }

    private static Optional<ChatReply.Finish> finish(String name) {
        for (ChatReply.Finish finish : ChatReply.Finish.values()) {
            if (finish.name().equals(name)) {
                return Optional.of(finish);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(watch.warnings());
        lane.ifPresent(batches -> all.addAll(batches.warnings()));
        return all;
    }

    @Override
    public Optional<Lane> lane() {
        return lane.map(batches -> batches);
    }

    @Override
    public Optional<Shortlist> shortlist() {
        return watch.figures();
    }

    @Override
    public int held() {
        return till.held();
    }

    @Override
    public void stop() {
        lane.ifPresent(BatchLane::stop);
        till.stop();
    }

    @Override
    public void close() {
        lane.ifPresent(BatchLane::close);
    }
}
