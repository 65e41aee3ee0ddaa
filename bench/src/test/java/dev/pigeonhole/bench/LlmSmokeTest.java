package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of the language model run, and their judges see what is wrong. Nothing here depends on time. */
class LlmSmokeTest {
    @TempDir
    private Path folder;

    @Test
    void aRunWithErrorsEndsWithAllRowsAndNothingPaidForTwice() throws IOException, InterruptedException {
        LlmRun run = new LlmBenchmark(folder, command(), List.of(), true)
                .run(scenario("P5").withRows(600), 1);

        assertThat(run.output()).isEqualTo(new MessyTable.Verdict(600, 0, 0, 0, 0, 0));
        assertThat(run.bill()).isEqualTo(new FakeServer.Sums(600, 600, 0));
        assertThat(run.stats().calls())
                .isEqualTo(30 + run.happened(Fault.ERROR_500) + run.happened(Fault.RATE_LIMIT_429));
        assertThat(run.product().exitCode()).isZero();
    }

    @Test
    void aRunIsKilledAndGoesOn() throws IOException, InterruptedException {
        List<Goal> goals = new KillBenchmark(folder, command(), 400).run();

        // The others say how much had just been answered, which depends on time.
        assertThat(goals)
                .filteredOn(goal -> goal.wanted().equals("0"))
                .hasSize(2)
                .allMatch(Goal::met);
    }

    @Test
    void everyScenarioHasItsOwnName() {
        assertThat(LlmScenarios.all()).extracting(LlmScenario::name).doesNotHaveDuplicates();
        assertThat(LlmScenarios.named(List.of("P1")))
                .extracting(LlmScenario::name)
                .containsExactly("P1", "P1-16", "P1-64", "P1-256");
    }

    @Test
    void theJudgeOfTheOutputSeesEachKindOfHarm() throws IOException {
        MessyTable table = MessyTable.write(folder.resolve("table"), 3);
        Path output = folder.resolve("output.csv");
        String first = "1,x,,Billing,categorized,,m\n";
        Files.writeString(
                output, "id,text,note,category,category_status,s,m\n" + first + "3,x,,Billing,categorized,,m\n");

        assertThat(table.judge(output)).isEqualTo(new MessyTable.Verdict(2, 1, 1, 1, 0, 0));
    }

    private static LlmScenario scenario(String name) {
        return LlmScenarios.named(List.of(name)).get(0);
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Child.AS_SHIPPED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.pigeonhole.cli.Main"));
        return command;
    }
}
