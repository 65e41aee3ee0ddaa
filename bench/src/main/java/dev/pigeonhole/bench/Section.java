package dev.pigeonhole.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the table of all benchmarks: one command, run in a process of its own, so that its failure is its own. Immutable.
 *
 * @param title of the part
 * @param command words after {@code bench/run}
 * @param quick the same with sizes that only show that it runs
 */
record Section(String title, List<String> command, List<String> quick) {
    Section {
        command = List.copyOf(command);
        quick = List.copyOf(quick);
    }

    /** In the order of the table. */
    static List<Section> all() {
        List<Section> all = new ArrayList<>();
        all.addAll(engine());
        all.addAll(local());
        all.addAll(languageModel());
        all.addAll(page());
        all.add(of("Inner loops", "jmh", "jmh TaxonomyLoad --quick"));
        return List.copyOf(all);
    }

    private static List<Section> engine() {
        return List.of(
                of("CSV and engine", "engine 10000 1000000", "engine 2000"),
                of("Memory by size of the file", "memory 10000 100000 1000000 10000000", "memory 2000 4000"),
                of("Engine, per call", "overhead 100000", "overhead 2000"),
                of("Store", "store 2000 1000000", "store 50 5000"),
                of("Resuming", "resume 1000000", "resume 5000"),
                of("Start of the command line", "start 9", "start 1"));
    }

    private static List<Section> local() {
        return List.of(
                of("Local path (P15)", "p15 1000000 3", "p15 3000 1"),
                of("Local path, ten times the rows (P16)", "p16 1000000 1", "p16 3000 1"),
                of("Local classifier beside scikit-learn", "sklearn 3", "sklearn 1"));
    }

    private static List<Section> languageModel() {
        return List.of(
                of("Language model (P1 to P12, P17)", "llm scenarios", "llm scenarios --quick"),
                of("Language model, one call (P13)", "llm P13", "llm P13"),
                of("Killed at half (P10)", "llm P10", "llm P10 --quick"),
                of("Nearly done, and taken up (P14)", "llm P14", "llm P14 --quick"),
                of("Tokens and hints", "llm tokens hints", "llm tokens"),
                of("Cascade", "cascade 1 0.95", "cascade --quick"),
                of("Batch lane", "batch 100000", "batch 2000"));
    }

    private static List<Section> page() {
        return List.of(of("Rows to look at", "rows 1000000", "rows 3000"), of("The page", "web 1000000", "web 3000"));
    }

    private static Section of(String title, String command, String quick) {
        return new Section(title, List.of(command.split(" ")), List.of(quick.split(" ")));
    }
}
