package dev.pigeonhole.quality.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelJobTest {
    private static final int ROWS = 6_000;

    @TempDir
    Path folder;

    private CheckpointStore store = CheckpointStore.inMemory(Path.of("unused"));
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void input() throws IOException {
        store = CheckpointStore.inMemory(folder.resolve("workspace"));
        Files.writeString(
                folder.resolve("in.csv"),
                IntStream.rangeClosed(1, ROWS)
                        .mapToObj(Colours::text)
                        .collect(Collectors.joining("\n", "text\n", "\n")));
    }

    private Job.Builder job(Categorizer categorizer, String output) {
        return Job.builder()
                .input(CsvSource.of(folder.resolve("in.csv")))
                .taxonomy(Colours.taxonomy())
                .categorizer(categorizer)
                .checkpoints(store)
                .output(folder.resolve(output))
                .settings(JobSettings.defaults());
    }

    private Summary run(Job.Builder job) {
        return job.build().run(event -> {
            if (event instanceof JobEvent.Notice notice) {
                notices.add(notice.message());
            }
        });
    }

    private static SentinelCategorizer with(Categorizer inner, SentinelSettings settings) {
        return new SentinelCategorizer(inner, Colours.known(50), ROWS, settings);
    }

    private static SentinelCategorizer with(Categorizer inner) {
        return with(inner, SentinelSettings.defaults());
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static Sentinels figures(Summary summary) {
        return summary.sentinels().orElseThrow();
    }

    /** Whether a call of this number may ask about known texts. */
    private static boolean holdsKnown(List<Item> items) {
        return items.stream().anyMatch(item -> item.row() > ROWS);
    }

    private void requireAllRight(String name) throws IOException {
        List<String> lines = output(name).lines().skip(1).toList();
        assertThat(lines).hasSize(ROWS);
        assertThat(lines).allSatisfy(line -> assertThat(line).contains("," + Colours.label(line) + ",categorized"));
    }

    @Test
    void theOutputIsTheSameAsWithoutThemAndTheirShareIsMeasured() throws IOException {
        Summary plain = run(job(new PaidLabels((call, items) -> Colours.labels(items)), "plain.csv"));
        PaidLabels model = new PaidLabels((call, items) -> Colours.labels(items));
        Summary summary = run(job(with(model), "out.csv"));

        assertThat(output("out.csv")).isEqualTo(output("plain.csv"));
        assertThat(plain.sentinels()).isEmpty();
        assertThat(figures(summary).right()).isEqualTo(figures(summary).judged());
        assertThat(figures(summary).judged()).isBetween(ROWS / 60L, ROWS * 3L / 100);
        assertThat(summary.counts().total()).isEqualTo(ROWS);
        assertThat(summary.calls()).isEqualTo(plain.calls());
    }

    @Test
    void aReplyThatIsWrongAboutAllOfThemIsNotUsed() throws IOException {
        // Every tenth first reply is lazy where somebody would notice.
        Set<Integer> lazy = new HashSet<>();
        PaidLabels model = new PaidLabels((call, items) -> {
            boolean isLazy = call % 10 == 0 && holdsKnown(items) && items.size() == 22;
            if (isLazy) {
                lazy.add(call);
            }
            return isLazy ? Colours.wrongLabels(items) : Colours.labels(items);
        });
        Summary summary = run(job(with(model), "out.csv"));

        assertThat(lazy).isNotEmpty();
        requireAllRight("out.csv");
        assertThat(figures(summary).discarded()).isEqualTo(lazy.size());
        assertThat(figures(summary).judged() - figures(summary).right()).isEqualTo(2L * lazy.size());
        assertThat(summary.calls()).isEqualTo(ROWS / 20 + lazy.size());
        assertThat(notices)
                .filteredOn(notice -> notice.contains("was not used"))
                .hasSize(1);
    }

    @Test
    void aReplyThatIsWrongAboutAllOfThemIsNotUsedAfterASuddenEndEither() throws IOException {
        // The first reply with known texts in it is wrong, paid for, and then the run is over.
        int[] first = new int[1];
        PaidLabels probe = new PaidLabels((call, items) -> {
            first[0] = first[0] == 0 && holdsKnown(items) ? call : first[0];
            return Colours.labels(items);
        });
        run(job(with(probe), "probe.csv"));
        PaidLabels crashing = new PaidLabels(
                        (call, items) -> call == first[0] ? Colours.wrongLabels(items) : Colours.labels(items))
                .losing(first[0]);
        Summary gone = run(job(with(crashing), "out.csv"));
        assertThat(gone.state()).isEqualTo(JobState.PAUSED);

        PaidLabels model = new PaidLabels((call, items) -> Colours.labels(items));
        Summary summary = run(job(with(model), "out.csv"));
        requireAllRight("out.csv");
        assertThat(figures(summary).discarded()).isEqualTo(1);
        assertThat(crashing.asked.size() + model.asked.size()).isEqualTo(ROWS / 20 + 1);
    }

    @Test
    void aGoodReplyIsUsedAfterASuddenEnd() throws IOException {
        for (int call : new int[] {1, 7, 40}) {
            String name = "out" + call + ".csv";
            PaidLabels crashing = new PaidLabels((number, items) -> Colours.labels(items)).losing(call);
            run(job(with(crashing), name));
            PaidLabels model = new PaidLabels((number, items) -> Colours.labels(items));
            run(job(with(model), name));
            requireAllRight(name);
            assertThat(crashing.asked.size() + model.asked.size()).isEqualTo(ROWS / 20);
        }
    }

    @Test
    void rebuildFindsTheSameAgain() throws IOException {
        PaidLabels model = new PaidLabels((call, items) ->
                call % 10 == 0 && holdsKnown(items) ? Colours.wrongLabels(items) : Colours.labels(items));
        Summary first = run(job(with(model), "out.csv"));
        String before = output("out.csv");
        int calls = model.asked.size();
        Summary again = run(job(with(model), "out.csv").id(first.jobId()).rebuild(true));
        assertThat(output("out.csv")).isEqualTo(before);
        assertThat(model.asked).hasSize(calls);
        assertThat(again.sentinels()).isEqualTo(first.sentinels());
    }

    @Test
    void whatIsAskedAgainIsAskedWithoutThem() throws IOException {
        // Every record with a number that ends in 7 is left out the first time, known texts too.
        PaidLabels model = new PaidLabels((call, items) -> items.stream()
                .map(item -> item.text().endsWith("7") && items.size() > 10 ? "" : Colours.label(item.text()))
                .toList());
        Summary summary = run(job(with(model), "out.csv"));
        requireAllRight("out.csv");
        assertThat(model.asked)
                .filteredOn(question -> question.round() > 0)
                .isNotEmpty()
                .noneMatch(question -> holdsKnown(question.items()));
        assertThat(figures(summary).right()).isEqualTo(figures(summary).judged());
    }

    @Test
    void aModelThatTurnsBadPausesTheJobAndResumeGoesOn() throws IOException {
        PaidLabels turning = new PaidLabels((call, items) -> call <= 150 ? Colours.labels(items) : mixed(items));
        Summary paused = run(job(with(turning), "out.csv"));
        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.reason()).contains(PauseReason.DRIFT);
        assertThat(paused.message()).contains("become worse").containsPattern("\\d+ of 40");
        // 40 known texts ride in some 80 calls.
        assertThat(turning.asked.size()).isBetween(151, 150 + 120);
        assertThat(notices).anyMatch(notice -> notice.contains("become worse"));

        PaidLabels mended = new PaidLabels((call, items) -> Colours.labels(items));
        Summary done = run(job(with(mended), "out.csv"));
        assertThat(done.state()).isEqualTo(JobState.COMPLETED);
        assertThat(turning.asked.size() + mended.asked.size()).isGreaterThanOrEqualTo(ROWS / 20);
        assertThat(figures(done).right()).isEqualTo(figures(done).judged());
        assertThat(done.bill().cost()).isEqualTo(Money.ZERO);
    }

    /** Right about every other text, so that no reply is all wrong for sure. */
    private static List<String> mixed(List<Item> items) {
        return items.stream()
                .map(item -> item.text().hashCode() % 2 == 0 ? Colours.label(item.text()) : Colours.wrong(item.text()))
                .toList();
    }

    @Test
    void aModelBelowTheFloorPausesTheJob() {
        PaidLabels bad = new PaidLabels((call, items) -> mixed(items));
        Summary paused = run(job(with(bad, SentinelSettings.defaults().withFloor(OptionalDouble.of(0.9))), "out.csv"));
        assertThat(paused.reason()).contains(PauseReason.DRIFT);
        assertThat(paused.message()).contains("at least 90%");
        assertThat(bad.asked.size()).isLessThan(150);
    }

    @Test
    void aModelThatIsUsuallyWrongIsNotAskedTwiceForIt() {
        PaidLabels lazy = new PaidLabels(
                (call, items) -> items.stream().map(item -> "Red").toList());
        Summary summary = run(job(with(lazy), "out.csv"));
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        // Only the first twenty known texts ride in pairs.
        assertThat(figures(summary).discarded()).isLessThanOrEqualTo(12);
        assertThat(summary.calls()).isLessThanOrEqualTo(ROWS / 20 + 12);
        assertThat(figures(summary).high()).isLessThan(0.5);
    }

    @Test
    void noQuestionHoldsOneTextTwice() {
        PaidLabels model = new PaidLabels((call, items) -> Colours.labels(items));
        run(job(with(model), "out.csv"));
        for (Question question : model.asked) {
            assertThat(question.items().stream().map(Item::text)).doesNotHaveDuplicates();
        }
    }
}
