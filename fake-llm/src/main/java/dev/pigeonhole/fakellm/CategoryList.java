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
 * "CATEGORIES", up to an empty line or the next line in capitals. A line is a JSON object with a name, a JSON string, or the name
 * up to a bar, a tab or a colon with a space.
 */
final class CategoryList {
    private static final Pattern HEADING = Pattern.compile("(?m)^CATEGORIES\\b.*\\R");
    private static final Pattern NEXT_HEADING = Pattern.compile("[A-Z]{4,}\\b.*");
    private static final Pattern NAME_END = Pattern.compile(" \\| |\t|: ");

    private CategoryList() {}

    static List<String> in(String instructions, ObjectMapper json) {
        Matcher heading = HEADING.matcher(instructions);
        List<String> names = new ArrayList<>();
        if (heading.find()) {
            for (String line :
                    (Iterable<String>) instructions.substring(heading.end()).lines()::iterator) {
                if (line.isBlank() || NEXT_HEADING.matcher(line).matches()) {
                    break;
                }
                names.add(name(line.strip(), json));
            }
        }
        return names;
    }

    private static String name(String line, ObjectMapper json) {
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
        return NAME_END.split(entry, 2)[0].strip();
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
