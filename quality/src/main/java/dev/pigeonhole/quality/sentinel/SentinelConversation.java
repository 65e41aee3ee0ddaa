package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts known texts into first questions and takes them out of the answers. Whether a reply is used depends on the reply alone, not on
 * what came before it: so it is found out again, and comes to the same, when the reply is read from the ledger. Thread-safe.
 */
final class SentinelConversation implements Conversation {
    private final Conversation inner;
    private final KnownTexts known;
    private final Riders riders;
    private final Watch watch;
    /** First rows of questions in which nobody rides along: they have had their turn. */
    private final Set<Long> alone = ConcurrentHashMap.newKeySet();
    /** Calls whose known texts are judged. */
    private final Set<Long> counted = ConcurrentHashMap.newKeySet();

    SentinelConversation(Conversation inner, KnownTexts known, Riders riders, Watch watch) {
        this.inner = inner;
        this.known = known;
        this.riders = riders;
        this.watch = watch;
    }

    @Override
    public Answer ask(Question question) {
        watch.requireGoodEnough();
        if (question.round() > 0 || alone.remove(firstRow(question))) {
            return inner.ask(question);
        }
        return judged(question, inner.ask(joined(question)));
    }

    private Question joined(Question question) {
        return question.round() > 0 ? question : riders.join(question, watch.isUsuallyRight() ? Riders.PAIR : 1);
    }

    private Answer judged(Question question, Answer answer) {
        KnownTexts.Marks marks = known.judge(answer.outcomes());
        if (isNews(marks, answer.call())) {
            watch.asked(marks);
        }
        if (marks.allWrong()) {
            watch.discarded(question.items().size());
            return Answer.none(List.of(new Question(question.items(), question.round() + 1)), answer.call());
        }
        return new Answer(known.without(answer.outcomes()), again(answer), answer.call());
    }

    /** A stored reply may be read several times, once for each pass. */
    private boolean isNews(KnownTexts.Marks marks, OptionalLong call) {
        return marks.judged() > 0 && (call.isEmpty() || counted.add(call.getAsLong()));
    }

    private List<Question> again(Answer answer) {
        List<Question> again = new ArrayList<>();
        for (Question next : answer.again()) {
            List<Item> rows = next.items().stream()
                    .filter(item -> !known.isOne(item.row()))
                    .toList();
            if (!rows.isEmpty()) {
                Question without = new Question(rows, next.round());
                again.add(without);
                if (next.round() == 0) {
                    alone.add(firstRow(without));
                }
            }
        }
        return again;
    }

    private static long firstRow(Question question) {
        return question.items().get(0).row();
    }

    @Override
    public Answer read(PaidCall call) {
        Answer answer = inner.read(call);
        KnownTexts.Marks marks = known.judge(answer.outcomes());
        if (isNews(marks, answer.call())) {
            watch.read(marks);
        }
        return marks.allWrong()
                ? Answer.none(List.of(), answer.call())
                : new Answer(known.without(answer.outcomes()), answer.again(), answer.call());
    }

    @Override
    public Optional<Pass> nextPass(int passes) {
        return inner.nextPass(passes);
    }

    @Override
    public Optional<Lane> lane() {
        return inner.lane().map(lane -> new SentinelLane(lane, this::joined));
    }

    @Override
    public Optional<Agreement> agreement() {
        return inner.agreement();
    }

    @Override
    public Optional<Sentinels> sentinels() {
        return Optional.of(watch.figures());
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(inner.warnings());
        all.addAll(watch.warnings());
        return all;
    }

    @Override
    public int held() {
        return inner.held();
    }

    @Override
    public Optional<Shortlist> shortlist() {
        return inner.shortlist();
    }

    @Override
    public void stop() {
        inner.stop();
    }

    @Override
    public void close() {
        inner.close();
    }
}
