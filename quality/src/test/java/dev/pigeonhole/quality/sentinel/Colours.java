package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import java.util.List;
import java.util.stream.IntStream;

/** Texts whose first word is their category. */
final class Colours {
    static final List<String> NAMES = List.of("Red", "Green", "Blue");

    private Colours() {}

    static Taxonomy taxonomy() {
        return Taxonomy.of("Red", "Green", "Blue");
    }

    static String text(int number) {
        return NAMES.get(Math.floorMod(number * 7919, 3)) + " thing " + number;
    }

    static String label(String text) {
        return text.substring(0, text.indexOf(' '));
    }

    static String wrong(String text) {
        return NAMES.get((NAMES.indexOf(label(text)) + 1) % NAMES.size());
    }

    static List<String> labels(List<Item> items) {
        return items.stream().map(item -> label(item.text())).toList();
    }

    static List<String> wrongLabels(List<Item> items) {
        return items.stream().map(item -> wrong(item.text())).toList();
    }

    /** Known texts that no row of the inputs here has. */
    static List<LabelledText> known(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> text(1_000_000 + i))
                .map(text -> new LabelledText(text, label(text)))
                .toList();
    }
}
