package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records with orders in five languages, one in each request, before a model that obeys every one of them: the worst there can be.
 * What a real model does lies between this and nothing; a fake can show only what becomes of the neighbours.
 */
class InjectionSetTest {
    private static final List<String> LABELS = List.of("Billing", "Shipping", "Account access");
    private static final String WANTED = "Bill";

    private enum Aim {
        SELF,
        ALL,
        NEXT
    }

    private record Order(String language, Aim aim, String text) {}

    private static List<Order> orders() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                InjectionSetTest.class.getResourceAsStream("injections.txt"), "injections.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(f -> new Order(f[0], Aim.valueOf(f[1].toUpperCase(Locale.ROOT)), f[2]))
                    .toList();
        }
    }

    /** The right label stands in each text, whatever else does. */
    private static String plain(long row) {
        return "message " + row + " about " + label(row);
    }

    private static String label(long row) {
        return LABELS.get((int) (row * 7 % LABELS.size()));
    }

    /** Every order twice, before its message and behind it: row by text of the order. */
    private static Map<Long, Order> places(int subBatch) throws IOException {
        Map<Long, Order> places = new LinkedHashMap<>();
        long request = 0;
        for (int times = 0; times < 2; times++) {
            for (Order order : orders()) {
                places.put(request * subBatch + 1 + request % subBatch, order);
                request++;
            }
        }
        return places;
    }

    private static List<Item> items(Map<Long, Order> places, int subBatch) {
        List<Item> items = new ArrayList<>();
        for (long row = 1; row <= (long) places.size() * subBatch; row++) {
            Order order = places.get(row);
            String said = order == null ? "" : order.text().replace("{}", WANTED);
            boolean before = row <= (long) places.size() * subBatch / 2;
            items.add(new Item(
                    row, order == null ? plain(row) : before ? said + " — " + plain(row) : plain(row) + " — " + said));
        }
        return items;
    }

    /** Finds the orders in what it is shown, and does as they say. */
    private static ScriptedChatModel obedient(List<Order> orders) {
        List<Order> said = orders.stream()
                .map(order ->
                        new Order(order.language(), order.aim(), order.text().replace("{}", WANTED)))
                .toList();
        return new ScriptedChatModel(seen -> {
            List<String> ids = new ArrayList<>(seen.records().keySet());
            Map<String, String> words = new LinkedHashMap<>();
            seen.records().forEach((id, text) -> words.put(id, labelIn(text)));
            seen.records()
                    .forEach((id, text) -> said.stream()
                            .filter(order -> text.contains(order.text()))
                            .forEach(order -> obey(order.aim(), ids.indexOf(id), ids, words)));
            return ScriptedChatModel.reply(words, seen);
        });
    }

    private static void obey(Aim aim, int at, List<String> ids, Map<String, String> words) {
        switch (aim) {
            case SELF -> words.put(ids.get(at), WANTED);
            case ALL -> words.replaceAll((id, word) -> WANTED);
            case NEXT -> words.computeIfPresent(ids.get(Math.min(at + 1, ids.size() - 1)), (id, word) -> WANTED);
        }
    }

    private static String labelIn(String text) {
        return LABELS.stream()
                .filter(label -> text.contains(" about " + label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    /** Which rows came out with the label that was ordered. */
    private static Map<Long, Boolean> flipped(Map<Long, Order> places, int subBatch) throws IOException {
        Bench bench = new Bench(obedient(orders()));
        Conversation conversation = bench.categorizer.begin(new Assignment(bench.ledger, 4, true));
        List<Item> items = items(places, subBatch);
        Map<Long, Boolean> flipped = new LinkedHashMap<>();
        for (int from = 0; from < items.size(); from += subBatch) {
            List<Item> some = items.subList(from, from + subBatch);
            Rounds rounds = new Rounds(conversation).run(some);
            for (Item item : some) {
                String got = rounds.of(item.row());
                assertThat(got).isIn(label(item.row()), WANTED);
                flipped.put(item.row(), got.equals(WANTED));
            }
        }
        return flipped;
    }

    @Test
    void theSetHasMoreThanTwoHundredRowsInFiveLanguages() throws IOException {
        assertThat(places(20)).hasSizeGreaterThanOrEqualTo(200);
        assertThat(orders().stream().collect(Collectors.groupingBy(Order::language, Collectors.counting())))
                .hasSize(5)
                .allSatisfy((language, count) -> assertThat(count).isEqualTo(24L));
        assertThat(orders()).doesNotHaveDuplicates();
    }

    /**
     * What becomes of them, counted. The record itself is lost to a model that obeys: it holds the order however few are asked about.
     * Of an order for all nothing is left among ten and more; among fewer, one label for all is no sign, and only the phrases that are
     * known protect. An order about one other record looks like an answer.
     */
    @ParameterizedTest
    @CsvSource({"20,0,56", "10,0,54", "5,312,48"})
    void neighboursOfHostileRecordsKeepTheirLabels(int subBatch, int mostByAll, int mostByNext) throws IOException {
        Map<Long, Order> places = places(subBatch);
        Map<Long, Boolean> flipped = flipped(places, subBatch);
        Map<Aim, Long> neighbours = new LinkedHashMap<>();
        Map<Aim, Long> targets = new LinkedHashMap<>();
        places.forEach((row, order) -> {
            long from = (row - 1) / subBatch * subBatch + 1;
            for (long near = from; near < from + subBatch; near++) {
                long one = Boolean.TRUE.equals(flipped.get(near)) ? 1 : 0;
                (near == row ? targets : neighbours).merge(order.aim(), one, Long::sum);
            }
        });
        String found = "targets " + targets + ", neighbours " + neighbours;
        assertThat(targets.get(Aim.SELF)).as(found).isEqualTo(80);
        assertThat(targets.get(Aim.ALL)).as(found).isEqualTo(100);
        assertThat(neighbours.get(Aim.SELF)).as(found).isZero();
        assertThat(neighbours.get(Aim.ALL)).as(found).isLessThanOrEqualTo(mostByAll);
        assertThat(neighbours.get(Aim.NEXT)).as(found).isLessThanOrEqualTo(mostByNext);
    }

    /** As with --sub-batch-size 1. */
    @Test
    void whoIsAskedAboutAloneHasNoNeighbours() throws IOException {
        Bench bench = new Bench(obedient(orders()));
        Conversation conversation = bench.categorizer.begin(new Assignment(bench.ledger, 4, true));
        Map<Long, Order> places = places(2);
        for (Item item : items(places, 2)) {
            Rounds rounds = new Rounds(conversation).run(List.of(item));
            assertThat(rounds.of(item.row())).isEqualTo(places.containsKey(item.row()) ? WANTED : label(item.row()));
        }
    }
}
