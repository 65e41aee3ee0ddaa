package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A text that was answered once is never asked about again, in no job. */
interface KnownAnswerTests extends StoreUnderTest {
    byte[] SCOPE = AnswerKey.scope(new TreeMap<>(Map.of("model", "gpt-5-nano")));

    @Test
    default void whatOneJobWasToldAllJobsKnow() {
        Outcome outcome = Outcome.categorized("Billing", "gpt-5-nano");
        try (JobLease first = newJob();
                JobLease second = newJob()) {
            assertThat(first.known(List.of(key("text")))).isEmpty();
            first.record(answers(new KnownAnswer(key("text"), outcome)));

            Map<AnswerKey, Outcome> known = Map.of(key("text"), outcome);
            assertThat(first.known(List.of(key("text")))).isEqualTo(known);
            assertThat(second.known(List.of(key("text"), key("other")))).isEqualTo(known);
            assertThat(store().known(List.of(key("text"), key("text")))).isEqualTo(known);
            assertThat(store().known(List.of())).isEmpty();
        }
    }

    @Test
    default void anotherScopeIsAnotherQuestion() {
        byte[] other = AnswerKey.scope(new TreeMap<>(Map.of("model", "gpt-5")));
        try (JobLease lease = newJob()) {
            lease.record(answers(new KnownAnswer(key("text"), Outcome.unmatched("gpt-5-nano"))));

            assertThat(lease.known(List.of(AnswerKey.of(other, "text")))).isEmpty();
            assertThat(lease.known(List.of(AnswerKey.ofBytes(key("text").toBytes()))))
                    .hasSize(1);
        }
    }

    @Test
    default void theFirstAnswerStays() {
        Outcome first = Outcome.categorized("Billing", "a");
        Outcome later = Outcome.unmatched("b");
        try (JobLease lease = newJob();
                JobLease other = newJob()) {
            lease.record(answers(new KnownAnswer(key("x"), first), new KnownAnswer(key("x"), later)));
            other.record(answers(new KnownAnswer(key("x"), later), new KnownAnswer(key("y"), later)));

            assertThat(store().known(List.of(key("x"), key("y")))).isEqualTo(Map.of(key("x"), first, key("y"), later));
        }
    }

    @Test
    default void answersAreKeptExactly() {
        List<Outcome> outcomes = List.of(
                Outcome.categorized(SampleJobs.CATEGORIES.get(1), ""),
                new Outcome.Categorized("Other", OptionalDouble.of(0.0), "a\0b🙂"),
                new Outcome.Categorized("Other", OptionalDouble.of(1.0), "human"),
                new Outcome.Unmatched(OptionalDouble.of(Double.MIN_VALUE), "local"),
                new Outcome.Unmatched(OptionalDouble.of(Math.nextDown(1.0)), "local"),
                Outcome.unmatched(""));
        Map<AnswerKey, Outcome> expected = new HashMap<>();
        outcomes.forEach(outcome -> expected.put(key("text " + expected.size()), outcome));
        try (JobLease lease = newJob()) {
            lease.record(new Recording(List.of(), known(expected), List.of()));

            assertThat(lease.known(expected.keySet())).isEqualTo(expected);
        }
    }

    @Test
    default void aThousandTextsCanBeLookedUpAtOnce() {
        Random random = new Random(1);
        Map<AnswerKey, Outcome> expected = new HashMap<>();
        List<AnswerKey> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(key("text " + i));
            if (random.nextInt(3) > 0) {
                expected.put(key("text " + i), Outcome.categorized("Other", "source " + i));
            }
        }
        try (JobLease lease = newJob()) {
            lease.record(new Recording(List.of(), known(expected), List.of()));

            assertThat(lease.known(all)).isEqualTo(expected);
            assertThat(store().known(all.subList(0, 101)).keySet())
                    .isSubsetOf(all.subList(0, 101))
                    .hasSizeGreaterThan(40);
        }
    }

    @Test
    default void aFailureIsNoAnswer() {
        Outcome failed = new Outcome.Failed(FailureCause.TIMEOUT, "");

        assertThatThrownBy(() -> new KnownAnswer(key("text"), failed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KnownAnswer(key("text"), new Outcome.Skipped()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aCategoryThatIsNotInThePlanIsNotKeptAndNeitherIsWhatCameWithIt() {
        KnownAnswer invented = new KnownAnswer(key("b"), Outcome.categorized("billing", "x"));
        KnownAnswer fine = new KnownAnswer(key("a"), Outcome.unmatched("x"));
        try (JobLease lease = newJob()) {
            Recording wrong = new Recording(List.of(SampleJobs.categorized(1)), List.of(fine, invented), List.of());
            assertThatThrownBy(() -> lease.record(wrong)).isInstanceOf(IllegalArgumentException.class);

            assertThat(lease.counts().total()).isZero();
            assertThat(lease.known(List.of(key("a"), key("b")))).isEmpty();
        }
    }

    private static AnswerKey key(String text) {
        return AnswerKey.of(SCOPE, text);
    }

    private static Recording answers(KnownAnswer... answers) {
        return new Recording(List.of(), List.of(answers), List.of());
    }

    private static List<KnownAnswer> known(Map<AnswerKey, Outcome> answers) {
        return answers.entrySet().stream()
                .map(entry -> new KnownAnswer(entry.getKey(), entry.getValue()))
                .toList();
    }
}
