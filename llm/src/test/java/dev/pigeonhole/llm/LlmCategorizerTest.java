package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LlmCategorizerTest {
    @Test
    void worksWithTheRealPacerBudgetAndCounter() {
        List<Item> items = Bench.items(20);
        try (LlmCategorizer categorizer =
                LlmCategorizer.of(ScriptedChatModel.honest(), Bench.TICKETS, LlmSettings.defaults())) {
            assertThat(categorizer.categorize(items))
                    .isEqualTo(items.stream()
                            .map(item -> (Outcome) Outcome.categorized(Bench.expected(item), "scripted-1"))
                            .toList());
            assertThat(categorizer.suggestedConcurrency()).isEqualTo(64);
            assertThat(categorizer.isFree()).isFalse();
        }
    }

    @Test
    void directUseAsksUntilAllIsSettled() {
        Bench bench = new Bench(ScriptedChatModel.changing(words -> {
            words.remove("r05");
            words.replace("r02", "no such category");
            return words;
        }));
        List<Outcome> outcomes = bench.categorizer.categorize(Bench.items(20));
        assertThat(outcomes)
                .hasSize(20)
                .filteredOn(Outcome.Failed.class::isInstance)
                .isEmpty();
    }

    @Test
    void directUseThrowsWhatMaySucceedLater() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            throw new ChatFailedException(
                    ChatFailedException.Kind.RATE_LIMIT, "slow down", null, RateLimits.UNKNOWN, null);
        }));
        assertThatThrownBy(() -> bench.categorizer.categorize(Bench.items(20)))
                .isInstanceOf(TransientCategorizerException.class)
                .hasMessage("slow down");
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    @Test
    void directUseSharesOneBudget() {
        Bench bench = new Bench(ScriptedChatModel.honest(), Bench.TICKETS, LlmSettings.defaults(), 2);
        bench.categorizer.categorize(Bench.items(5));
        bench.categorizer.categorize(Bench.items(5));
        assertThatThrownBy(() -> bench.categorizer.categorize(Bench.items(5))).isInstanceOf(JobPausedException.class);
    }

    @Test
    void fingerprintIsTheSameForTheEstimator() {
        LlmSettings settings = LlmSettings.defaults();
        try (LlmCategorizer categorizer = LlmCategorizer.of(ScriptedChatModel.honest(), Bench.TICKETS, settings)) {
            assertThat(LlmCategorizer.estimator("scripted-1", Map.of("model", "scripted-1"), Bench.TICKETS, settings)
                            .fingerprint())
                    .isEqualTo(categorizer.fingerprint());
        }
    }
}
