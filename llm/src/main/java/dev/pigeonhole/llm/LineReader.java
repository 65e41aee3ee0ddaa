package dev.pigeonhole.llm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers of one line for each record. Not thread-safe. */
final class LineReader {
    private static final Pattern ENTRY = Pattern.compile("[-*\\s\"]*([rR][0-9]{1,8})\"?(?:\\s*[\\t:=|,]\\s*(.*))?");
    private static final Pattern ENTRY_WITH_SPACE = Pattern.compile("([rR][0-9]{1,8})\\s+(.*)");

    private final Reply reply;

    LineReader(Reply reply) {
        this.reply = reply;
    }

    /** @param cutOff the last line may lack its end */
    void read(String text, boolean cutOff) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(text.substring(from, end));
            from = end + 1;
        }
        if (!cutOff) {
            line(text.substring(from));
        }
        if (reply.isEmpty()) {
            reply.breaksOff();
        }
    }

    private void line(String raw) {
        String line = raw.strip();
        Matcher entry = ENTRY.matcher(line);
        Matcher spaced = ENTRY_WITH_SPACE.matcher(line);
        if (entry.matches()) {
            add(entry);
        } else if (spaced.matches()) {
            add(spaced);
        }
    }

    private void add(Matcher entry) {
        Optional<String> word = Optional.ofNullable(entry.group(2)).map(String::strip);
        reply.add(entry.group(1), word.filter(w -> !w.isEmpty()).map(LineReader::unquoted));
    }

    private static String unquoted(String word) {
        boolean quoted = word.length() > 2 && word.startsWith("\"") && word.endsWith("\"");
        return quoted ? word.substring(1, word.length() - 1) : word;
    }
}
