package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is read member by member; what is wrong is collected, so that a person sees all of it at once. Not
 * thread-safe.
 */
final class Fields {
    private static final int MOST_ERRORS = 50;

    private final Map<?, ?> members;
    private final String pointer;
    private final List<Map<String, Object>> errors;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Map<?, ?> members, String pointer, List<Map<String, Object>> errors) {
        this.members = members;
        this.pointer = pointer;
        this.errors = errors;
    }

    static Fields of(Map<?, ?> members) {
        return new Fields(members, "", new ArrayList<>());
    }

    boolean has(String name) {
        known.add(name);
        return members.get(name) != null;
    }

    /** An object without members if it is not there. */
    Fields object(String name) {
        Object value = value(name);
        if (value != null && !(value instanceof Map)) {
            wrong(name, "an object is expected");
        }
        return new Fields(value instanceof Map<?, ?> map ? map : Map.of(), pointer + "/" + name, errors);
    }

    List<Fields> objects(String name, int most) {
        List<Fields> objects = new ArrayList<>();
        for (Object value : list(name, most)) {
            String place = name + "/" + objects.size();
            if (!(value instanceof Map)) {
                wrong(place, "an object is expected");
            }
            objects.add(new Fields(value instanceof Map<?, ?> map ? map : Map.of(), pointer + "/" + place, errors));
        }
        return objects;
    }

    /** @param most characters */
    String text(String name, String otherwise, int most) {
        Object value = value(name);
        return value == null ? otherwise : text(name, value, most);
    }

    List<String> texts(String name, int most, int mostCharacters) {
        List<String> texts = new ArrayList<>();
        for (Object value : list(name, most)) {
            texts.add(text(name + "/" + texts.size(), value, mostCharacters));
        }
        return texts;
    }

    boolean flag(String name, boolean otherwise) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        wrong(name, "true or false is expected");
        return otherwise;
    }

    int number(String name, int otherwise, int least, int most) {
        return (int) longNumber(name, otherwise, least, most);
    }

    long longNumber(String name, long otherwise, long least, long most) {
        Object value = value(name);
        if (value == null) {
            return otherwise;
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        long number = whole ? ((Number) value).longValue() : 0;
        if (!whole || number < least || number > most) {
            wrong(name, "must be a whole number from " + least + " to " + most + ", found " + value);
            return otherwise;
        }
        return number;
    }

    void wrong(String name, String detail) {
        wrong(name, detail, "");
    }

    /** @param name of the member, or a pointer below this object */
    void wrong(String name, String detail, String suggestion) {
        if (errors.size() == MOST_ERRORS) {
            return;
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("pointer", name.isEmpty() ? pointer : pointer + "/" + name);
        error.put("detail", detail);
        if (!suggestion.isEmpty()) {
            error.put("suggestion", suggestion);
        }
        errors.add(error);
    }

    /** Members that nobody asked for are most likely misspelt. */
    void end() {
        for (Object name : members.keySet()) {
            String typed = String.valueOf(name);
            if (!known.contains(typed)) {
                wrong(
                        typed.replace("~", "~0").replace("/", "~1"),
                        "there is no such member; there are " + String.join(", ", known),
                        Suggestion.nearest(typed, known).orElse(""));
            }
        }
    }

    boolean isFine() {
        return errors.isEmpty();
    }

    /** The first thing that is wrong; empty if nothing is. */
    String first() {
        return errors.isEmpty() ? "" : String.valueOf(errors.get(0).get("detail"));
    }

    /** Ends the request if anything was wrong. */
    void requireFine(ProblemType type) {
        if (!errors.isEmpty()) {
            throw problem(type);
        }
    }

    /** What is wrong, of which there must be something. */
    ProblemException problem(ProblemType type) {
        Map<String, Object> first = errors.get(0);
        String suggestion =
                first.containsKey("suggestion") ? "; did you mean \"" + first.get("suggestion") + "\"?" : "";
        return new ProblemException(
                new Problem(type, first.get("detail") + suggestion, Map.of("errors", List.copyOf(errors))));
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return members.get(name);
    }

    private List<?> list(String name, int most) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            wrong(name, "a list is expected");
            return List.of();
        }
        if (list.size() > most) {
            wrong(name, "at most " + most + " are possible, found " + list.size());
            return List.of();
        }
        return list;
    }

    private String text(String name, @Nullable Object value, int most) {
        if (!(value instanceof String text)) {
            wrong(name, "a text is expected");
            return "";
        }
        if (text.length() > most) {
            wrong(name, "at most " + most + " characters are possible, found " + text.length());
            return "";
        }
        return text;
    }
}
