package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.workspace.ColumnGuess.Guess;
import dev.pigeonhole.workspace.ColumnGuess.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnGuessTest {
    private static final int ROWS = 90;
    private static final Map<String, String> LANGUAGES = Map.of(
            "en", "I was charged twice for my order and nobody has answered my mail so far please help",
            "de", "Ich habe mein Passwort vergessen und bekomme keine Nachricht zum Zurücksetzen bitte um Hilfe",
            "fr", "Je n'ai pas encore reçu mon colis et le suivi ne fonctionne plus depuis lundi dernier",
            "es", "Mi paquete aparece como entregado pero no he recibido nada dónde está por favor ayuda",
            "pl", "Nie mogę zalogować się na konto ponieważ kod przychodzi zbyt późno proszę o pomoc",
            "ru", "Мне дважды выставили счёт за один заказ и никто не отвечает на мои письма помогите",
            "ja", "注文 した 商品 が まだ 届いて いません 配送 状況 を 確認 して ください お願い します",
            "zh", "我 的 包裹 显示 已经 送达 但是 我 没有 收到 任何 东西 请 帮助 我",
            "ko", "주문한 상품이 아직 도착하지 않았습니다 배송 상태를 확인해 주세요 부탁드립니다 감사합니다",
            "ar", "تم خصم المبلغ مرتين من حسابي ولم يرد أحد على رسائلي حتى الآن أرجو المساعدة");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("cases")
    void rolesAreGuessedFromNamesAndContent(String line) throws IOException {
        String[] parts = (line + " ").split("->");
        List<String> columns =
                Arrays.stream(parts[0].split("\\|")).map(String::strip).toList();
        CsvInspection inspection = inspect(columns);

        ColumnGuess guess = ColumnGuess.of(inspection);

        assertThat(guess.columns().stream().map(g -> g.role().name()).collect(Collectors.joining(" ")))
                .as("%s", guess)
                .isEqualTo(parts[1].strip());
        assertThat(guess.textColumns().stream()
                        .map(i -> Integer.toString(i + 1))
                        .collect(Collectors.joining(" ")))
                .as("%s", guess)
                .isEqualTo(parts[2].strip());
    }

    static Stream<String> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(ColumnGuessTest.class.getResourceAsStream("/columns/cases.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
        }
    }

    private CsvInspection inspect(List<String> columns) throws IOException {
        CsvCells cells = CsvCells.delimitedBy(',');
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder();
        csv.append(cells.join(columns.stream()
                        .map(c -> c.substring(0, c.lastIndexOf('=')))
                        .toList()))
                .append('\n');
        for (int row = 1; row <= ROWS; row++) {
            List<String> values = new ArrayList<>();
            for (String column : columns) {
                values.add(value(column.substring(column.lastIndexOf('=') + 1), row, random));
            }
            csv.append(cells.join(values)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("input.csv"), csv);
        return CsvSource.of(file)
                .delimiter(columns.size() == 1 ? "auto" : "comma")
                .inspect();
    }

    private static String value(String kind, int row, Random random) {
        return switch (kind.substring(0, (kind + ":").indexOf(':'))) {
            case "key" -> "T-" + (1_000 + row);
            case "serial" -> Integer.toString(row);
            case "uuid" -> String.format("%08x-11ee-9c3b-0242ac120002", row * 7_919);
            case "number" -> String.format("%d.%02d", random.nextInt(2_000), random.nextInt(100));
            case "digit" -> Integer.toString(random.nextInt(10));
            case "date" -> String.format("2026-%02d-%02d 10:%02d", 1 + row % 12, 1 + row % 28, row % 60);
            case "person" ->
                List.of("Mira", "Jonas", "Ana", "Noor").get(random.nextInt(4)) + " " + (char) ('A' + random.nextInt(26))
                        + "arsh" + random.nextInt(50);
            case "label" ->
                List.of("Billing", "Login", "Delivery", "Returns", "Bug", "Praise")
                        .get(random.nextInt(6));
            case "code" -> Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36);
            case "url" -> "https://example.org/a/" + row;
            case "email" -> "user" + row + "@example.org";
            case "blank" -> "";
            case "title" -> words(kind, 4 + random.nextInt(3), random);
            default -> words(kind, 18 + random.nextInt(20), random);
        };
    }

    private static String words(String kind, int count, Random random) {
        String language = kind.substring(kind.indexOf(':') + 1);
        String[] words = LANGUAGES.get(language).split(" ");
        String space = language.equals("ja") || language.equals("zh") ? "" : " ";
        return random.ints(count, 0, words.length).mapToObj(i -> words[i]).collect(Collectors.joining(space));
    }

    @Test
    void banking77() {
        ColumnGuess guess =
                ColumnGuess.of(CsvSource.of(example("banking77/test.csv")).inspect());

        assertThat(guess.columns())
                .extracting(Guess::role, Guess::reason)
                .containsExactly(
                        tuple(Role.TEXT, "text, 100 % filled"), tuple(Role.TRUTH, "77 different values that repeat"));
        assertThat(guess.textColumns()).containsExactly(0);
        assertThat(guess.only(Role.TRUTH)).contains(1);
        assertThat(guess.only(Role.ID)).isEmpty();
    }

    @Test
    void tickets() {
        CsvInspection inspection = CsvSource.of(example("tickets/tickets.csv")).inspect();

        ColumnGuess guess = ColumnGuess.of(inspection);

        assertThat(guess.columns())
                .extracting(g -> g.role() + ": " + g.reason())
                .containsExactly(
                        "ID: every value is different and short",
                        "TEXT: text, 95 % filled",
                        "TEXT: text, 97 % filled",
                        "OTHER: short values");
        assertThat(guess.textColumns()).isEqualTo(inspection.profile().textColumns());
        assertThat(guess.ranked(Role.TEXT)).extracting(Guess::index).containsExactly(2, 1);
    }

    @Test
    void aHeaderAloneIsJudgedByItsNames() throws IOException {
        Path file = Files.writeString(folder.resolve("input.csv"), "id,subject,message,date\n");

        assertThat(ColumnGuess.of(CsvSource.of(file).inspect()).columns())
                .extracting(Guess::role)
                .containsExactly(Role.OTHER, Role.TEXT, Role.TEXT, Role.OTHER);
    }

    private static Path example(String name) {
        return Path.of("..", "examples").resolve(name);
    }
}
