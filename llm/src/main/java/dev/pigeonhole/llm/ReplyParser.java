package dev.pigeonhole.llm;

import java.util.Optional;

/**
 * Reads any answer, whatever it is: finds what it says about the records and never fails. Stateless.
 */
final class ReplyParser {
    /** Longer answers are cut before they are read: four million characters. */
    static final int MOST_CHARS = 4_000_000;

    private static final String END_OF_THOUGHT = "</think>";
    private static final String THOUGHT = "<think>";

    private ReplyParser() {}

    /** @param finish why the answer ended, as the server says; only one that the model ended itself has a whole last line */
    static Reply parse(String text, ReplyMode mode, int count, ChatReply.Finish finish) {
        Reply reply = new Reply(new RecordIds(count));
        boolean cutOff = finish == ChatReply.Finish.LENGTH;
        boolean tooLong = text.length() > MOST_CHARS;
        Optional<String> answer = afterThought(tooLong ? text.substring(0, MOST_CHARS) : text);
        answer.ifPresentOrElse(
                a -> {
                    if (mode == ReplyMode.LINES && !looksLikeJson(a)) {
                        new LineReader(reply).read(a, tooLong || finish != ChatReply.Finish.STOP);
                    } else {
                        new JsonReader(reply).read(a);
                    }
                },
                reply::breaksOff);
        if (cutOff || tooLong) {
            reply.breaksOff();
        }
        return reply;
    }

    /** Some models put their reasoning before the answer. If that is all there is, there is no answer. */
    private static Optional<String> afterThought(String text) {
        int end = text.lastIndexOf(END_OF_THOUGHT);
        if (end >= 0) {
            return Optional.of(text.substring(end + END_OF_THOUGHT.length()));
        }
        return text.stripLeading().startsWith(THOUGHT) ? Optional.empty() : Optional.of(text);
    }

    private static boolean looksLikeJson(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("```"))
                .findFirst()
                .filter(line -> line.startsWith("{") || line.startsWith("["))
                .isPresent();
    }
}
