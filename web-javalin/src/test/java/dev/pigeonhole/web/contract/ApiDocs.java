package dev.pigeonhole.web.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code docs/api.md} says of the API: the rows of its tables and its examples. Immutable. */
final class ApiDocs {
    /** Tests run in the folder of their module. */
    private static final Path FILE = Path.of("..", "docs", "api.md");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern STATUS =
            Pattern.compile("\\b(200|201|202|204|401|404|409|412|413|415|422|429|503|507)\\b");
    private static final Pattern FENCE = Pattern.compile("(?s)```json\n(.*?)```");
    private static final Pattern NAMED = Pattern.compile("^([A-Z][a-z]+) (\\{.*)$");
    /** What the examples without a name are, in their order. */
    private static final List<String> UNNAMED = List.of("Meta", "Draft");

    private static final Map<String, String> SCHEMAS = Map.of("Page", "RowPage");

    private final String text;

    /**
     * A request of a table.
     *
     * @param query names of what stands after the question mark
     * @param statuses all that the second column names
     * @param sent examples of bodies, as written
     * @param answered examples of answers, as written
     */
    record Request(
            String method,
            String path,
            Set<String> query,
            Set<Integer> statuses,
            List<String> sent,
            List<String> answered) {
        String name() {
            return method + " " + path;
        }

        /** As a test shows it. */
        @Override
        public String toString() {
            return name();
        }
    }

    private ApiDocs(String text) {
        this.text = text;
    }

    static ApiDocs load() {
        try {
            return new ApiDocs(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Request> requests() {
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(ApiDocs::requests)
                .toList();
    }

    /** The examples by the name of their schema; what they leave out is filled in. */
    Map<String, String> examples() {
        Map<String, String> written = new LinkedHashMap<>();
        List<String> unnamed = new ArrayList<>(UNNAMED);
        FENCE.matcher(text).results().forEach(block -> {
            String name = "";
            for (String line : block.group(1).lines().toList()) {
                Matcher named = NAMED.matcher(line);
                if (named.matches()) {
                    name = named.group(1);
                    written.put(name, named.group(2));
                } else {
                    name = name.isEmpty() ? unnamed.remove(0) : name;
                    written.merge(name, line, String::concat);
                }
            }
        });
        Map<String, String> examples = new LinkedHashMap<>();
        written.forEach((name, json) -> examples.put(SCHEMAS.getOrDefault(name, name), filled(json, examples)));
        return examples;
    }

    /** JSON as the documentation writes it, made whole: {@code …} is left out, and {@code Job} stands for its example. */
    static String filled(String json, Map<String, String> examples) {
        String whole = json.replaceAll("\"(at|until|\\w+At)\":\"…\"", "\"$1\":\"2026-05-04T10:12:48Z\"")
                .replace("[…]", "[]")
                .replaceAll(":…", ":1");
        for (Map.Entry<String, String> example : examples.entrySet()) {
            whole = whole.replaceAll(
                    "(?<=[\\[:])" + example.getKey() + "(?=[\\]}])", Matcher.quoteReplacement(example.getValue()));
        }
        return whole.replace("…", "");
    }

    private static Stream<Request> requests(String line) {
        String[] cells = line.substring(1).split("\\|", -1);
        List<String> asked = codes(cells[0]);
        Set<Integer> statuses = STATUS.matcher(CODE.matcher(cells[1]).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> sent = bodies(asked.stream());
        List<String> answered = bodies(codes(cells[1]).stream());
        return targets(asked).map(target -> request(target, statuses, sent, answered));
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    private static List<String> bodies(Stream<String> codes) {
        return codes.map(code -> code.replaceFirst("^[A-Z]+ /\\S+ ", "").replaceFirst("[?]$", ""))
                .filter(code -> code.startsWith("{"))
                .toList();
    }

    /** The first says all; those after it, such as {@code /cancel}, only how its path ends. */
    private static Stream<String> targets(List<String> asked) {
        String first = asked.get(0);
        return Stream.concat(
                Stream.of(first),
                asked.stream()
                        .skip(1)
                        .filter(code -> code.startsWith("/"))
                        .map(end -> first.replaceFirst("/[^/]*$", end)));
    }

    private static Request request(String target, Set<Integer> statuses, List<String> sent, List<String> answered) {
        String[] parts = target.split(" ");
        String[] path = parts[1].split("\\?", 2);
        Set<String> query = path.length == 1
                ? Set.of()
                : Stream.of(path[1].split("&"))
                        .filter(part -> part.contains("="))
                        .map(part -> part.replaceFirst("=.*", ""))
                        .collect(Collectors.toSet());
        return new Request(parts[0], path[0], query, statuses, sent, answered);
    }
}
