package dev.pigeonhole.web.contract;

/** The lines of one event of a stream. Not thread-safe. */
final class EventLines {
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private long id = -1;

    void add(String line) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
        switch (field) {
            case "event" -> name = value;
            case "id" -> id = Long.parseLong(value);
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {
                // retry, and what is not known, says nothing about the event
            }
        }
    }

    /** Without data it is no event, as the standard has it. */
    boolean isEmpty() {
        return data.isEmpty();
    }

    String name() {
        return name;
    }

    long id() {
        return id;
    }

    String data() {
        return data.toString();
    }
}
