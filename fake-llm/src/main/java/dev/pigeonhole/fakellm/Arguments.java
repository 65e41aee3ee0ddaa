package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command line of the server. Belongs to one command line. */
final class Arguments {
    private static final Map<String, String> OPTIONS = options();

    private final Map<String, List<String>> given = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException an option that there is not, or a value that is none
     * @throws IOException a file that cannot be read
     */
    static FakeLlm.Builder parse(String... args) throws IOException {
        return new Arguments(args).builder();
    }

    private Arguments(String... args) {
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (!OPTIONS.containsKey(option[0])) {
                throw new IllegalArgumentException("there is no option " + option[0]);
            }
            boolean alone = OPTIONS.getOrDefault(option[0], "").startsWith(" ");
            if (!alone && option.length == 1 && i + 1 == args.length) {
                throw new IllegalArgumentException(option[0] + " needs a value");
            }
            String value = alone ? "" : option.length == 2 ? option[1] : args[++i];
            given.computeIfAbsent(option[0], name -> new ArrayList<>()).add(value);
        }
    }

    private FakeLlm.Builder builder() throws IOException {
        long seed = Long.parseLong(one("--seed", "1"));
        FakeLlm.Builder builder = FakeLlm.builder()
                .port(Integer.parseInt(one("--port", "0")))
                .seed(seed)
                .key(one("--key", ""))
                .limits(limits())
                .latency(Latency.parse(one("--latency", "none")))
                .places(Integer.parseInt(one("--places", String.valueOf(Integer.MAX_VALUE))))
                .abilities(abilities())
                .batches(batches())
                .oracle(oracle(seed)
                        .withErrors(Double.parseDouble(one("--error-rate", "0")), seed)
                        .withErrorsBySize(Double.parseDouble(one("--error-by-size", "0")), seed + 2));
        if (given.containsKey("--models")) {
            builder.models(one("--models", "").split(","));
        }
        all("--fault").forEach(fault -> builder.faults(FaultRule.parse(fault)));
        return builder;
    }

    private Limits limits() {
        Limits limits = Limits.NONE
                .withRpm(Long.parseLong(one("--rpm", "0")))
                .withTpm(Long.parseLong(one("--tpm", "0")))
                .withBucketSeconds(Double.parseDouble(one("--bucket-seconds", "60")))
                .withRetryAfter(
                        Limits.RetryAfter.valueOf(one("--retry-after", "both").toUpperCase(Locale.ROOT)))
                .withReservation(
                        Limits.Reservation.valueOf(one("--reserve", "maximum").toUpperCase(Locale.ROOT)))
                .withRefusedCount(given.containsKey("--refused-count"));
        return given.containsKey("--untold") ? limits.untold() : limits;
    }

    private BatchSettings batches() {
        return BatchSettings.USUAL
                .withDelay(TimeText.parse(one("--batch-delay", "0")))
                .withRequestsPerSecond(Double.parseDouble(one("--batch-rate", "0")))
                .withEnqueuedTokens(Long.parseLong(one("--batch-tokens", "0")))
                .withUnderWay(Integer.parseInt(one("--batches", "0")));
    }

    private Abilities abilities() {
        Abilities abilities = Abilities.ALL.withContextTokens(Integer.parseInt(one("--context", "128000")));
        for (String name : all("--without")) {
            abilities = switch (name) {
                case "json_schema" -> abilities.withoutJsonSchema();
                case "json_object" -> abilities.withoutJsonObject();
                case "temperature" -> abilities.withoutTemperature();
                default -> abilities.without(name);
            };
        }
        return abilities;
    }

    private Oracle oracle(long seed) throws IOException {
        if (given.containsKey("--labels")) {
            List<String> columns = all("--text-column");
            return Oracle.labelled(
                    Path.of(one("--labels", "")),
                    columns.isEmpty() ? List.of("text") : columns,
                    one("--label-column", "label"));
        }
        Map<String, String> keywords = new LinkedHashMap<>();
        for (String keyword : all("--keyword")) {
            String[] parts = keyword.split("=", 2);
            keywords.put(parts[0], parts[parts.length - 1]);
        }
        return keywords.isEmpty() ? Oracle.byHash(seed) : Oracle.byKeywords(keywords);
    }

    private String one(String option, String otherwise) {
        List<String> values = all(option);
        return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }

    private List<String> all(String option) {
        return given.getOrDefault(option, List.of());
    }

    /** What the options are, one line each. */
    static String help() {
        StringBuilder help = new StringBuilder("A server that looks like a language model's. Options:\n");
        OPTIONS.forEach((name, text) -> help.append(String.format(Locale.ROOT, "  %-17s %s%n", name, text.strip())));
        help.append("Where:");
        for (FaultRule.Where where : FaultRule.Where.values()) {
            help.append(' ').append(where);
        }
        help.append("\nFaults:");
        for (Fault fault : Fault.values()) {
            help.append(' ').append(fault);
        }
        return help.toString();
    }

    /** A text that begins with a space is of an option without value. */
    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--port", "N: port on 127.0.0.1; 0 for any that is free (default)");
        options.put("--key", "KEY: refuse requests without this key");
        options.put("--models", "A,B: models that exist (default: any)");
        options.put("--seed", "N: of all that happens by chance (default 1)");
        options.put("--rpm", "N: requests a minute (default: no limit)");
        options.put("--tpm", "N: tokens a minute (default: no limit)");
        options.put("--bucket-seconds", "S: how many seconds' worth may be used at once (default 60)");
        options.put("--untold", " do not send the headers that tell of the limits");
        options.put(
                "--retry-after", "seconds|millis|both|date|absurd|none: what a limited client is told (default both)");
        options.put(
                "--reserve",
                "maximum|sum|prompt: tokens taken when a call comes (default maximum of prompt and answer)");
        options.put("--refused-count", " calls refused by the limit count as requests too");
        options.put("--latency", "none|fixed:MS|uniform:MS-MS|lognormal:MS:SIGMA|heavy:MS:SHARE:MS-MS, and +token:MS");
        options.put("--places", "N: calls worked on at once, the others wait (default: all)");
        options.put("--batch-delay", "TIME: from the creation of a batch to its first answer, as 5s (default 0)");
        options.put("--batch-rate", "N: requests of a batch worked on in a second (default: all at once)");
        options.put("--batch-tokens", "N: most tokens waiting in batches (default: no limit)");
        options.put("--batches", "N: most batches under way (default: no limit)");
        options.put("--labels", "FILE.csv: the true answers");
        options.put("--text-column", "NAME: column of the text, can be given again (default text)");
        options.put("--label-column", "NAME: column of the category (default label)");
        options.put("--keyword", "WORD=CATEGORY: answer so where the text holds the word, can be given again");
        options.put("--error-rate", "P: share of the texts that are answered wrongly (default 0)");
        options.put("--error-by-size", "P: the same, for each record of a request beyond the first (default 0)");
        options.put("--without", "json_schema|json_object|temperature|PARAMETER: refuse it, can be given again");
        options.put("--context", "N: most tokens of prompt and answer (default 128000)");
        options.put(
                "--fault",
                "NAME[=P][,calls=A-B][,from=8s][,until=13s][,times=N][,marker=TEXT][,records=N][,part=P][,pause=1s]"
                        + "[,late][,on=WHERE],"
                        + " can be given again");
        options.put("--help", " this");
        return options;
    }
}
