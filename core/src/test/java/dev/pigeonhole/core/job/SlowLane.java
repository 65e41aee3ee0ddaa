package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A lane whose provider lives as long as this object; each run has its own {@link Run} on it. Thread-safe. */
final class SlowLane {
    private record Held(long call, Question question) {}

    final List<Question> taken = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    /** Looks at nothing for so many times. */
    int waits;
    /** Questions that are answered at once. */
    int atOnce = 3;
    /** Questions that have room. */
    int room = Integer.MAX_VALUE;
    /** Rows of which no answer comes. */
    Predicate<Item> lost = item -> false;

    int mostTries = 1;

    Lane on(CallLedger ledger) {
        return new Run(ledger);
    }

    private final class Run implements Lane {
        private final CallLedger ledger;
        private boolean refused;
        private boolean cameBack;
        private boolean stopped;

        Run(CallLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public boolean isUnderWay(long row) {
            synchronized (SlowLane.this) {
                return held.stream()
                        .flatMap(each -> each.question().items().stream())
                        .anyMatch(item -> item.row() == row);
            }
        }

        @Override
        public boolean takes(long row) {
            synchronized (SlowLane.this) {
                return tries.getOrDefault(row, 0) < mostTries;
            }
        }

        @Override
        public boolean put(Question question) {
            synchronized (SlowLane.this) {
                if (held.size() >= room) {
                    refused = true;
                    return false;
                }
                List<Long> rows = question.items().stream().map(Item::row).toList();
                long call =
                        ledger.begin(new CallIntent(rows, 0, "paying", "lines", Optional.of(PayingCategorizer.PRICE)));
                taken.add(question);
                held.add(new Held(call, question));
                rows.forEach(row -> tries.merge(row, 1, Integer::sum));
                return true;
            }
        }

        @Override
        public Delivery await(Duration atMost) {
            synchronized (SlowLane.this) {
                if (stopped) {
                    throw new NotSentException();
                } else if (held.isEmpty()) {
                    return new Delivery.Done();
                } else if (waits > 0) {
                    waits--;
                    return new Delivery.Waiting();
                }
                return deliver();
            }
        }

        private Delivery deliver() {
            Set<Long> rows = new HashSet<>();
            TreeMap<Long, Optional<CallAnswer>> ends = new TreeMap<>();
            for (int i = 0; i < atOnce && !held.isEmpty(); i++) {
                Held next = held.remove(0);
                next.question().items().forEach(item -> rows.add(item.row()));
                cameBack |= next.question().items().stream()
                        .anyMatch(item -> lost.test(item) && tries.getOrDefault(item.row(), 0) < mostTries);
                ends.put(
                        next.call(),
                        Optional.of(next.question())
                                .filter(q -> q.items().stream().noneMatch(lost))
                                .map(this::answer));
            }
            ledger.endAll(ends);
            return new Delivery.Arrived(
                    rows.stream().min(Long::compare).orElseThrow(),
                    rows.stream().max(Long::compare).orElseThrow());
        }

        private CallAnswer answer(Question question) {
            StringBuilder raw = new StringBuilder();
            for (Item item : question.items()) {
                String word = item.text().substring(item.text().lastIndexOf(' ') + 1);
                raw.append(item.row()).append('=').append(word).append('\n');
            }
            return new CallAnswer(
                    raw.toString(), "stop", "", new TokenUsage(1, 0, 0, 1), Optional.of(PayingCategorizer.PRICE));
        }

        @Override
        public boolean wantsMore() {
            synchronized (SlowLane.this) {
                boolean more = refused || cameBack;
                refused = false;
                cameBack = false;
                return more;
            }
        }

        @Override
        public LaneStatus status() {
            synchronized (SlowLane.this) {
                return new LaneStatus(1, held.size(), 0, 0, Optional.empty());
            }
        }

        @Override
        public void stop() {
            synchronized (SlowLane.this) {
                stopped = true;
            }
        }
    }
}
