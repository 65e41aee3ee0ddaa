package dev.pigeonhole.cascade;

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
import java.util.Queue;

/** Asks as the other does, and goes its own way through the rows. Thread-safe. */
final class CascadeConversation implements Conversation {
    private final Conversation oracle;
    private final Course course;
    private final Queue<String> notices;

    /** @param notices what the course has to say; thread-safe */
    CascadeConversation(Conversation oracle, Course course, Queue<String> notices) {
        this.oracle = oracle;
        this.course = course;
        this.notices = notices;
    }

    @Override
    public Answer ask(Question question) {
        return oracle.ask(question);
    }

    @Override
    public Answer read(PaidCall call) {
        return oracle.read(call);
    }

    @Override
    public int held() {
        return oracle.held();
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(oracle.warnings());
        for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
            all.add(notice);
        }
        return all;
    }

    @Override
    public Optional<Pass> nextPass(int passes) {
        return course.next();
    }

    @Override
    public Optional<Lane> lane() {
        return oracle.lane();
    }

    @Override
    public Optional<Agreement> agreement() {
        return course.agreement();
    }

    @Override
    public Optional<Shortlist> shortlist() {
        return oracle.shortlist();
    }

    @Override
    public Optional<Sentinels> sentinels() {
        return oracle.sentinels();
    }

    @Override
    public void stop() {
        oracle.stop();
    }

    @Override
    public void close() {
        oracle.close();
    }
}
