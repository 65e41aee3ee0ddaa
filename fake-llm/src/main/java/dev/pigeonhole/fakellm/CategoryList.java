package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names of the categories in instructions, for answers that no schema binds: the lines below a line that begins with
 * "CATEGORIES", up to an empty line or the heading of another part. A line is a JSON object with a name, a JSON string, or the name
 * up to a bar or a tab; up to a colon too, if the heading has no bar. A word in double underscores anywhere is the one for "none".
 */
final class CategoryList {
    private static final Pattern HEADING = Pattern.compile("(?m)^CATEGORIES\\b.*\\R");
    private static final Pattern NEXT_HEADING = Pattern.compile("(EXAMPLES|RULES|OUTPUT|NOTES)\\b.*");
    private static final Pattern NAME_END = Pattern.compile(" \\| |\t");
    private static final Pattern NAME_END_OR_COLON = Pattern.compile(" \\| |\t|: ");
    private static final Pattern NONE = Pattern.compile("\\b__\\w+__\\b");

    private CategoryList() {}

    static List<String> in(String instructions, ObjectMapper json) {
        Matcher heading = HEADING.matcher(instructions);
        if (!heading.find()) {
            return List.of();
        }
        Pattern end = heading.group().contains("|") ? NAME_END : NAME_END_OR_COLON;
        List<String> names = new ArrayList<>();
        for (String line : instructions.substring(heading.end()).lines().toList()) {
            if (line.isBlank() || NEXT_HEADING.matcher(line).matches()) {
                break;
            }
            names.add(name(line.strip(), end, json));
        }
        Matcher none = NONE.matcher(instructions);
        if (!names.isEmpty() && none.find() && !names.contains(none.group())) {
            names.add(none.group());
        }
        return names;
    }

    private static String name(String line, Pattern end, ObjectMapper json) {
        String entry = line.startsWith("- ") ? line.substring(2) : line;
        if (entry.startsWith("{") || entry.startsWith("\"")) {
            JsonNode parsed = parsed(entry, json);
            if (parsed.isTextual()) {
                return parsed.textValue();
            }
            if (parsed.path("name").isTextual()) {
                return parsed.path("name").textValue();
            }
        }
        return end.split(entry, 2)[0].strip();
    }

    /** The first JSON value of a line; missing if there is none: then the line is plain text. */
    private static JsonNode parsed(String entry, ObjectMapper json) {
        try {
            return json.readTree(entry);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
