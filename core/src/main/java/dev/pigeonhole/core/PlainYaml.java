package dev.pigeonhole.core;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * YAML without its traps: no aliases, which let a small file stand for a huge one, and no deep nesting, which exhausts the stack.
 * Both are looked for in the flat stream of events, before anything is built. Stateless.
 */
final class PlainYaml {
    private static final int MAX_DEPTH = 20;
    private static final int SMALLEST_BUFFER = 1 << 10;

    private PlainYaml() {}

    /**
     * The root of the only document.
     *
     * @throws ConfigurationException it is not plain YAML; the message says where
     */
    static Node compose(String content) {
        // All at once: the reader fails at a character beyond U+FFFF that stands across the end of its buffer.
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(Math.max(SMALLEST_BUFFER, content.length() + 2))
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            requirePlain(new Parse(settings).parseString(content));
            return new Compose(settings)
                    .composeString(content)
                    .orElseThrow(() -> new ConfigurationException("the file is empty"));
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(m -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ": ")
                    .orElse("");
            throw new ConfigurationException(where + e.getProblem(), e);
        } catch (ReaderException e) {
            long line = 1
                    + content.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            throw new ConfigurationException(
                    String.format("line %d: the character U+%04X is not allowed", line, e.getCodePoint()), e);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requirePlain(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case Alias ->
                    throw wrong(event, "an alias such as *name is not supported; write out what it stands for");
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw wrong(event, "nested more than " + MAX_DEPTH + " levels deep");
            }
        }
    }

    private static ConfigurationException wrong(Event event, String problem) {
        String where = event.getStartMark()
                .map(m -> "line " + (m.getLine() + 1) + ": ")
                .orElse("");
        return new ConfigurationException(where + problem);
    }
}
