package dev.pigeonhole.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code model}: checks a model file to its last byte, and shows what it says of itself. */
@Command(name = "model", description = "Check a model file, and show where it comes from and how good it is.")
final class ModelCommand implements Callable<Integer> {
    /** Of categories the names are shown, not all that is known. */
    private static final String DETAILS = "category\\.\\d+\\.(?!name$).*";

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(index = "0", paramLabel = "MODEL.pgn", description = "A file that train has written.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "One line of JSON on standard output, with all that is known.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> card = Wiring.modelCard(file);
        parent.console().out().println(json ? new Json().line(json(card)) : text(card));
        return ExitCode.DONE;
    }

    private static String text(Map<String, String> card) {
        int width = card.keySet().stream().mapToInt(String::length).max().orElse(1);
        StringBuilder text = new StringBuilder();
        card.forEach((key, value) -> {
            if (!key.matches(DETAILS)) {
                text.append(Plain.field(width, Plain.text(key), Plain.text(value)));
            }
        });
        return text.toString().stripTrailing();
    }

    private static Map<String, @Nullable Object> json(Map<String, String> card) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "model");
        map.put("v", 1);
        map.put("card", card);
        return map;
    }
}
