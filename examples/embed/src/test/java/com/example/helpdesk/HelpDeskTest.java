package com.example.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpDeskTest {
    private static final int TICKETS = 400;

    @TempDir
    Path folder;

    private final DeskRules rules = new DeskRules();

    @Test
    void theApplicationGetsACategoryForEachTicketInTheOrderOfItsInbox() {
        Results results = HelpDesk.run(folder, 100);

        assertThat(results.categories())
                .hasSize(100)
                .containsEntry("T-1", "delivery")
                .containsEntry("T-2", "login")
                .containsEntry("T-3", "")
                .containsEntry("T-4", "billing");
        assertThat(results.categories().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 100).mapToObj(n -> "T-" + n).toList());
    }

    @Test
    void aPausedRoundGoesOnWhereTheStoreIsOpenedAgainAndAsksAboutNoTicketTwice() {
        Summary first;
        try (CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve("checkpoints"))) {
            Round round = round(TICKETS, checkpoints);
            first = round.start(Runnable::run, percent -> round.pause()).join();
        }
        assertThat(first.state()).isEqualTo(JobState.PAUSED);
        assertThat(first.reason()).contains(PauseReason.USER);
        assertThat(first.left()).isPositive();

        List<Integer> percents = new ArrayList<>();
        try (CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve("checkpoints"))) {
            Round round = round(0, checkpoints);
            Summary second = round.start(Runnable::run, percents::add).join();
            assertThat(second.state()).isEqualTo(JobState.COMPLETED);
            assertThat(second.rowsBefore()).isEqualTo(TICKETS - first.left());
            assertThat(round.results().categories()).hasSize(TICKETS);
        }
        assertThat(percents).isSorted().endsWith(100);
        assertThat(rules.asked()).isEqualTo(TICKETS);
    }

    /** Each ticket says something else: equal texts would be asked about once. */
    private Round round(int tickets, CheckpointStore checkpoints) {
        Inbox inbox = () ->
                IntStream.rangeClosed(1, tickets).mapToObj(n -> new Ticket("T-" + n, "Ticket", "parcel number " + n));
        return new Round(folder, "tuesday", inbox, rules, checkpoints);
    }

    @Test
    void whatTicketsSayIsKeptToTheLetter() throws Exception {
        String body = "line one\nline \"two\", with a comma; =1+1";
        try (CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve("checkpoints"))) {
            Round round =
                    new Round(folder, "odd", () -> Stream.of(new Ticket("T,1", "refund?", body)), rules, checkpoints);
            round.start(Runnable::run, percent -> {}).join();

            assertThat(round.results().categories()).containsEntry("T,1", "billing");
        }
        assertThat(Files.readString(folder.resolve("odd-sorted.csv"))).contains("\"line one\nline \"\"two\"\"");
    }

    @Test
    void theProgramRunsFromACommandLine() {
        HelpDesk.main(new String[] {folder.toString()});

        assertThat(folder.resolve("monday-sorted.csv")).exists();
    }
}
