package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train}, and {@code run} with what it writes. */
class TrainTest {
    private static final List<String> CARDS = List.of("my card", "a new card", "the lost card", "this credit card");
    private static final List<String> MONEY = List.of("my refund", "money back", "the paid invoice", "this payment");
    private static final List<String> DOINGS =
            List.of("where is", "please send", "i wait for", "help with", "what about");

    @TempDir
    Path folder;

    private Cli cli;
    private Path model;

    @BeforeEach
    void start() {
        cli = new Cli(folder);
        model = cli.path("model.pgn");
    }

    /** Enough different rows that the model knows how sure it is. */
    private Path labelled() throws Exception {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < 160; i++) {
            List<String> things = i % 2 == 0 ? CARDS : MONEY;
            lines.add(
                    DOINGS.get(i % 5) + " " + things.get(i / 2 % 4) + " " + i + "," + (i % 2 == 0 ? "Cards" : "Money"));
        }
        return cli.write("labelled.csv", lines.toArray(String[]::new));
    }

    private Path input() throws Exception {
        return cli.write(
                "in.csv",
                Stream.concat(
                                Stream.of("text"),
                                IntStream.range(0, 30)
                                        .mapToObj(i -> "where is " + (i % 2 == 0 ? CARDS : MONEY).get(i % 4)))
                        .toArray(String[]::new));
    }

    private Cli.Result train(Path input, String... more) {
        return cli.say(Stream.concat(
                        Stream.of("train", input.toString(), "--label-column", "label", "--out", model.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Cli.Result run(String... more) throws Exception {
        return cli.job(Stream.concat(
                        Stream.of(
                                "run",
                                input().toString(),
                                "--model",
                                model.toString(),
                                "--output",
                                cli.path("output.csv").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void aModelAnswersWithTheCategoriesThatItWasTrainedFor() throws Exception {
        Cli.Result trained = train(labelled()).is(ExitCode.DONE);
        assertThat(trained.err()).isEmpty();
        assertThat(trained.out())
                .contains("rows        160 = 160 with text and label + 0 without text + 0 without label")
                .contains("categories  2, taken from the labels, the most frequent first")
                .contains("of rows that it had not seen (95 % interval ")
                .contains("calibration error")
                .contains("to be right in ", " of 100 answers: --min-confidence ", " of the rows")
                .contains("pigeonhole run INPUT.csv --model " + model);
        assertThat(run("--json").is(ExitCode.DONE).lastJson())
                .containsEntry("rows", 30L)
                .containsEntry("failed", 0L);
        assertThat(Files.readAllLines(cli.path("output.csv")))
                .hasSize(31)
                .contains("where is my card,Cards,categorized," + confidence() + ",local");
    }

    private String confidence() throws Exception {
        return Files.readAllLines(cli.path("output.csv")).get(1).split(",", -1)[3];
    }

    @Test
    void theReportIsJsonForScripts() throws Exception {
        Map<String, Object> json =
                train(labelled(), "--json", "--seed", "7").is(ExitCode.DONE).lastJson();
        assertThat(json)
                .containsEntry("type", "trained")
                .containsEntry("usable", 160L)
                .containsEntry("rows_used", 160L)
                .containsEntry("seed", 7L)
                .containsEntry("categories_from", "labels")
                .containsEntry("categories", Map.of("Cards", 80L, "Money", 80L));
        assertThat((Double) json.get("accuracy")).isGreaterThan(0.9);
        assertThat((List<?>) json.get("promises")).isNotEmpty();
    }

    @Test
    void theSameRowsMakeTheSameFile() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        byte[] first = Files.readAllBytes(model);
        train(labelled(), "--force").is(ExitCode.DONE);
        assertThat(Files.readAllBytes(model)).isEqualTo(first);
    }

    @Test
    void aModelFileThatIsThereIsKeptUnlessForced() throws Exception {
        Files.writeString(model, "mine");
        train(labelled()).refused(ExitCode.USAGE, "is there already", "--force");
        assertThat(model).hasContent("mine");
    }

    @Test
    void categoriesOfAFileAreUsedAndMustKnowAllLabels() throws Exception {
        Path few = cli.write("few.txt", "cards");
        train(labelled(), "--categories", few.toString())
                .refused(ExitCode.USAGE, "a label is no category of " + few, "in 80 rows: \"Money\" (80)");
        Path all = cli.write("all.yaml", "unmatched: {allow: false}", "categories: [Unused, money, cards]");
        Cli.Result result = train(labelled(), "--categories", all.toString()).is(ExitCode.DONE);
        assertThat(result.out())
                .contains("categories  3")
                .contains("few rows    Unused (none, so it is never answered)");
        assertThat(cli.say("model", model.toString(), "--json").lastJson().get("card"))
                .asString()
                .contains("category.1.name=Unused", "category.2.name=money", "unmatched=false");
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() throws Exception {
        train(cli.write("one.csv", "text,label", "a,X", "b,x"))
                .refused(ExitCode.USAGE, "have the same one, \"X\"", "at least two");
        train(cli.write("none.csv", "text,label", "a,", ",x")).refused(ExitCode.USAGE, "nothing to learn from");
        train(cli.write("other.csv", "text,kind", "a,X")).refused(ExitCode.USAGE, "no label column \"label\"");
        cli.say(
                        "train",
                        labelled().toString(),
                        "-l",
                        "label",
                        "--out",
                        cli.path("model.bin").toString())
                .refused(ExitCode.USAGE, "ends in .pgn");
        assertThat(model).doesNotExist();
    }

    @Test
    void aFewRowsAreEnoughButKnowNoConfidence() throws Exception {
        Path few =
                cli.write("few.csv", "text,label", "my card,Cards", "my refund,Money", "a card,Cards", "a card,Money");
        assertThat(train(few).is(ExitCode.DONE).out())
                .contains("accuracy    not known")
                .contains("1 text has more than one label")
                .contains("row 3 is \"Cards\", row 4 is \"Money\": a card")
                .contains("few rows    Cards (2), Money (2)");
        run().is(ExitCode.DONE);
        run("--min-confidence", "0.5", "--existing", "new").refused(ExitCode.USAGE, "knows no confidence");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.9999})
    void aFileCutShortIsRefused(double share) throws Exception {
        train(labelled()).is(ExitCode.DONE);
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(whole, (int) (share * whole.length)));
        run().refused(ExitCode.USAGE, "model file " + model, "train again");
        cli.say("model", model.toString()).refused(ExitCode.USAGE, "train again");
        assertThat(cli.workspace()).doesNotExist();
    }

    @Test
    void aFlippedBitIsRefused() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length / 2] ^= 4;
        Files.write(model, bytes);
        run().refused(ExitCode.USAGE, "is damaged", "checksum", "train again");
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws Exception {
        run().refused(ExitCode.USAGE, "no such file", "train makes one");
        Files.writeString(model, "text,label\na,b\n");
        run().refused(ExitCode.USAGE, "does not begin as a model file does");
    }

    @Test
    void aTableIsNotTakenForALanguageModel() throws Exception {
        Path table = labelled();
        cli.job(
                        "run",
                        input().toString(),
                        "--model",
                        table.toString(),
                        "--output",
                        cli.path("x.csv").toString())
                .refused(ExitCode.USAGE, "is a file here, but not a model file", ".pgn", "--provider openai");
    }

    @Test
    void otherCategoriesThanTheModelsAreRefused() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        Path others = cli.write("others.txt", "Cards", "Delivery");
        run("--categories", others.toString()).refused(ExitCode.USAGE, "Delivery", "Money");
        Path same = cli.write("same.txt", "Money", "Cards");
        run("--categories", same.toString()).is(ExitCode.DONE);
    }

    @Test
    void aJobGoesOnWithItsModelOnly() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        Path input = cli.write("odd.csv", "id,text", "1,my card", "2,too,many");
        String[] again = {
            "run",
            input.toString(),
            "--model",
            model.toString(),
            "--delimiter",
            "comma",
            "--output",
            cli.path("odd.out").toString()
        };
        cli.job(again).is(ExitCode.SOME_ROWS_FAILED);
        byte[] first = Files.readAllBytes(model);
        train(cli.write("other.csv", "text,label", "my card,Cards", "my refund,Money"), "--force")
                .is(ExitCode.DONE);
        cli.job("retry-failed").refused(ExitCode.USAGE, "begun with something else", "local.model");
        cli.job(again).refused(ExitCode.USAGE, "begun with something else", "local.model: its content has changed");
        Files.delete(model);
        cli.job("retry-failed").refused(ExitCode.USAGE, "model file " + model, "no such file");
        Files.write(model, first);
        cli.job("retry-failed").is(ExitCode.SOME_ROWS_FAILED);
    }

    @Test
    void theOutputNeverReplacesTheModel() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        cli.job("run", input().toString(), "--model", model.toString(), "--output", model.toString())
                .refused(ExitCode.USAGE, "is the model file");
    }

    @Test
    void flagsThatDoNotSuitAreRefused() throws Exception {
        run("--provider", "openai").refused(ExitCode.USAGE, "is a file of the provider local");
        run("--rpm", "5").refused(ExitCode.USAGE, "the provider local calls nobody, so it has no --rpm");
    }

    @Test
    void tryAndEstimateNeedNoCategoriesEither() throws Exception {
        train(labelled()).is(ExitCode.DONE);
        assertThat(cli.job("try", input().toString(), "--model", model.toString(), "--rows", "4")
                        .is(ExitCode.DONE)
                        .out())
                .contains("Cards");
        assertThat(cli.say("estimate", input().toString(), "--model", model.toString(), "--json")
                        .is(ExitCode.DONE)
                        .lastJson())
                .containsEntry("rows", 30L);
    }

    @Test
    void theCardSaysWhereAModelComesFrom() throws Exception {
        train(labelled(), "--seed", "3").is(ExitCode.DONE);
        assertThat(cli.say("model", model.toString()).is(ExitCode.DONE).out())
                .contains("data.sha256", "data.rows-used", "score.accuracy", "category.1.name", "Cards", "Money")
                .containsPattern("seed +3");
    }
}
