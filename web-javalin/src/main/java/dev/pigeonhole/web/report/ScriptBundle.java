package dev.pigeonhole.web.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one script of modules that import each other by name: each in a function of its own, and those that it imports before it.
 * It knows the forms that the page's modules have, and refuses others rather than change what they mean. Not thread-safe.
 */
final class ScriptBundle {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import\\s+(?:\\{([^}]*)\\}\\s+from\\s+)?'(\\.{1,2}/[^']+)';[ \\t]*$");
    private static final Pattern EXPORT =
            Pattern.compile("(?m)^export\\s+(?=(?:async\\s+)?(?:function|class|const)\\s+(\\w+))");
    private static final Pattern OTHER =
            Pattern.compile("(?m)^(?:\\s*(?:import|export)\\b.*|(?!\\s*(?:\\*|//|/\\*)).*\\bimport\\s*\\(.*)$");

    /** What would end the element around a script, or change how it is read. */
    private static final Pattern ENDS_SCRIPT = Pattern.compile("(?i)</script|<script|<!--");

    private final UnaryOperator<String> files;
    private final Map<String, String> done = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private ScriptBundle(UnaryOperator<String> files) {
        this.files = files;
    }

    /**
     * @param entry the name of the module that begins
     * @param files gives the text of a module by its name
     * @throws IllegalArgumentException a module has a form that is not known here, or imports itself over others
     */
    static String of(String entry, UnaryOperator<String> files) {
        ScriptBundle bundle = new ScriptBundle(files);
        bundle.add(entry);
        StringBuilder script = new StringBuilder("(() => {\n'use strict';\nconst modules = {};\n");
        bundle.done.forEach((name, code) -> script.append("modules['")
                .append(name)
                .append("'] = (() => {\n")
                .append(code)
                .append("})();\n"));
        return script.append("})();\n").toString();
    }

    private void add(String name) {
        if (done.containsKey(name)) {
            return;
        }
        if (!open.add(name)) {
            throw new IllegalArgumentException("modules import each other in a circle: " + open + ", " + name);
        }
        String text = files.apply(name);
        IMPORT.matcher(text).results().forEach(found -> add(resolved(name, found.group(2))));
        done.put(name, rewritten(name, text));
        open.remove(name);
    }

    private static String rewritten(String name, String text) {
        List<String> exported = new ArrayList<>();
        String imported = IMPORT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(taken(name, found)));
        String code = EXPORT.matcher(imported).replaceAll(found -> {
            exported.add(found.group(1));
            return "";
        });
        requireKnown(name, code);
        return code + "return { " + String.join(", ", new TreeSet<>(exported)) + " };\n";
    }

    /** {@code import { a, b as c } from './x.js'} takes the same names out of what the module has given. */
    private static String taken(String name, MatchResult found) {
        String names = found.group(1);
        return names == null
                ? ""
                : "const {" + names.replaceAll("\\s+as\\s+", ": ") + "} = modules['" + resolved(name, found.group(2))
                        + "'];";
    }

    private static void requireKnown(String name, String code) {
        Matcher other = OTHER.matcher(code);
        if (other.find()) {
            throw new IllegalArgumentException("module " + name + " cannot be put into one script: "
                    + other.group().strip());
        }
        if (ENDS_SCRIPT.matcher(code).find()) {
            throw new IllegalArgumentException("module " + name + " holds what would end the script around it");
        }
    }

    private static String resolved(String from, String relative) {
        return Path.of(from).resolveSibling(relative).normalize().toString().replace('\\', '/');
    }
}
