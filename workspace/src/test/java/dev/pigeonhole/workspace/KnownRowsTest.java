package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownRowsTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Red", "Green");

    @TempDir
    Path folder;

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    private static List<String> lines(String header, int count) {
        List<String> lines = new ArrayList<>(List.of(header));
        IntStream.range(0, count).forEach(i -> lines.add("text " + i + "," + (i % 2 == 0 ? "Red" : "green ")));
        return lines;
    }

    private JobOptions options(Path input, SentinelOptions sentinels, String... textColumns) {
        return new JobOptions(
                        input,
                        folder.resolve("out.csv"),
                        Optional.empty(),
                        List.of(textColumns),
                        "auto",
                        "auto",
                        RaggedPolicy.AUTO,
                        false,
                        false,
                        "openai",
                        new TreeMap<>(),
                        2_000,
                        20,
                        0,
                        false)
                .withSentinels(sentinels);
    }

    private static SentinelOptions truth(String column) {
        return new SentinelOptions(column, Optional.empty(), true, OptionalDouble.empty());
    }

    private static SentinelOptions gold(Path file, String column) {
        return new SentinelOptions(column, Optional.of(file), true, OptionalDouble.empty());
    }

    private KnownRows ofInput(List<String> lines, String column) throws IOException {
        JobOptions options = options(file("in.csv", lines), truth(column), "text");
        CsvProfile profile = options.source().scan();
        return KnownRows.of(options, profile, TAXONOMY);
    }

    private KnownRows ofGold(Path gold, String column) throws IOException {
        Path input = file("in.csv", List.of("id,text", "1,something"));
        JobOptions options = options(input, gold(gold, column), "text");
        return KnownRows.of(options, CsvSource.of(input).textColumns("text").scan(), TAXONOMY);
    }

    @Test
    void allUsableRowsOfAShortFileAreKnownUnderTheNamesOfTheCategories() throws IOException {
        KnownRows known = ofInput(lines("text,team", 20), "team");
        assertThat(known.texts()).hasSize(20).startsWith(new LabelledText("text 0", "Red"));
        assertThat(known.texts()).contains(new LabelledText("text 1", "Green"));
        assertThat(known.notes()).isEmpty();
    }

    @Test
    void ofALongFileTheSameTwoHundredAreDrawnEachTimeFromAllOverIt() throws IOException {
        List<String> lines = lines("text,team", 5_000);
        KnownRows known = ofInput(lines, "team");
        assertThat(known.texts()).hasSize(KnownRows.MOST).doesNotHaveDuplicates();
        assertThat(ofInput(lines, "team").texts()).isEqualTo(known.texts());
        double mean = known.texts().stream()
                .mapToInt(text -> Integer.parseInt(text.text().substring(5)))
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2_100.0, 2_900.0);
    }

    @Test
    void blankLabelsAndTextsAndLongTextsAreLeftOut() throws IOException {
        List<String> lines = lines("text,team", 20);
        lines.addAll(List.of("no label,", " ,Red", "long ".repeat(500) + ",Red"));
        KnownRows known = ofInput(lines, "team");
        assertThat(known.texts()).hasSize(20);
        assertThat(known.notes()).isEmpty();
    }

    @Test
    void labelsThatAreNoCategoryAreLeftOutAndTold() throws IOException {
        List<String> lines = lines("text,team", 20);
        lines.addAll(List.of("x,Grene", "y,Blue"));
        KnownRows known = ofInput(lines, "team");
        assertThat(known.texts()).hasSize(20);
        assertThat(known.notes())
                .containsExactly(
                        "2 rows have a right category that is none of the 2 here, such as \"Grene\" (did you mean"
                                + " \"Green\"?); such rows do not ride along");
    }

    @Test
    void textsWithTwoLabelsAreLeftOutAndTold() throws IOException {
        List<String> lines = lines("text,team", 20);
        lines.addAll(List.of("text 4,Green", "text 6,Red", "text 4,Red"));
        KnownRows known = ofInput(lines, "team");
        assertThat(known.texts()).hasSize(19).noneMatch(text -> text.text().equals("text 4"));
        assertThat(known.notes()).hasSize(1).first().asString().startsWith("1 known text has more than one");
    }

    @Test
    void anInputWithTooFewKnownRowsHasNoneAndSaysSo() throws IOException {
        KnownRows known = ofInput(lines("text,team", KnownRows.LEAST - 1), "team");
        assertThat(known.texts()).isEmpty();
        assertThat(known.notes())
                .containsExactly(
                        "9 different texts have a right category in the column \"team\", and it takes 10; no known"
                                + " rows ride along");
    }

    @Test
    void aGoldFileWithTooFewKnownRowsIsRefused() throws IOException {
        Path gold = file("gold.csv", lines("text,team", 3));
        assertThatThrownBy(() -> ofGold(gold, "team"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gold.csv")
                .hasMessageContaining("3 different texts")
                .hasMessageContaining("--truth");
    }

    /** Its text column need not have the name that the input's has. */
    @ParameterizedTest
    @ValueSource(strings = {"text,team", "message,team"})
    void aGoldFileIsReadByTheNamesOfTheInputOrByItsOwn(String header) throws IOException {
        Path gold = file("gold.csv", lines(header, 12));
        Path input = file("in.csv", List.of("id,text", "1,something"));
        JobOptions options = options(input, gold(gold, "team"));
        KnownRows known = KnownRows.of(options, options.source().scan(), TAXONOMY);
        assertThat(known.texts()).hasSize(12).startsWith(new LabelledText("text 0", "Red"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"taem", "#7"})
    void aColumnThatIsNotThereIsRefusedWithTheFlagThatNamesIt(String column) throws IOException {
        Path gold = file("gold.csv", lines("text,team", 12));
        assertThatThrownBy(() -> ofGold(gold, column))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--truth takes one of");
        assertThatThrownBy(() -> ofInput(lines("text,team", 12), column))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--truth takes one of");
    }

    @Test
    void aColumnThatIsAskedAboutCannotHoldTheAnswers() {
        assertThatThrownBy(() -> ofInput(lines("text,team", 12), "text"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("both as text and with --truth");
    }

    @Test
    void withTheSwitchOffNothingIsRead() throws IOException {
        Path nowhere = folder.resolve("nowhere.csv");
        JobOptions options = options(
                nowhere, new SentinelOptions("team", Optional.of(nowhere), false, OptionalDouble.empty()), "text");
        Path input = file("in.csv", lines("text,team", 12));
        assertThat(KnownRows.of(options, CsvSource.of(input).textColumns("text").scan(), TAXONOMY)
                        .texts())
                .isEmpty();
    }

    // ---- what is kept

    @Test
    void optionsAreKeptWithTheJob() {
        Path gold = folder.resolve("gold.csv").toAbsolutePath();
        for (SentinelOptions options : List.of(
                SentinelOptions.NONE,
                truth("team"),
                gold(gold, "team"),
                new SentinelOptions("#2", Optional.empty(), false, OptionalDouble.empty()),
                new SentinelOptions("team", Optional.of(gold), true, OptionalDouble.of(0.8)))) {
            assertThat(SentinelOptions.of(options.toMap()).toMap()).isEqualTo(options.toMap());
            assertThat(SentinelOptions.of(options.toMap()).on()).isEqualTo(options.on());
        }
    }

    @Test
    void aJobThatOnlyNamesItsTruthHasNoSentinels() {
        assertThat(SentinelOptions.of(Map.of(JobOptions.TRUTH_COLUMN, "team"))).isEqualTo(SentinelOptions.NONE);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "sentinel-options.csv", numLinesToSkip = 1, nullValues = "-")
    void whatMakesNoSenseTogetherIsRefused(
            String column, String gold, boolean on, Double floor, int size, String says) {
        SentinelOptions options = new SentinelOptions(
                column == null ? "" : column,
                Optional.ofNullable(gold).map(Path::of),
                on,
                floor == null ? OptionalDouble.empty() : OptionalDouble.of(floor));
        if (says == null) {
            options.requireUsable(size);
        } else {
            assertThatThrownBy(() -> options.requireUsable(size))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(says);
        }
    }
}
