package dev.pigeonhole.workspace;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An event as one line, whatever is in it: control characters are written as escapes, so no text can forge another line. */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int MOST_FRAMES = 12;
    private static final int MOST_CHARS = 4_000;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        line.append(Instant.ofEpochMilli(event.getTimeStamp()))
                .append(' ')
                .append(event.getLevel())
                .append(' ');
        escape(event.getFormattedMessage(), line);
        trace(event.getThrowableProxy(), line);
        return line.append(System.lineSeparator()).toString();
    }

    private static void trace(@Nullable IThrowableProxy thrown, StringBuilder line) {
        if (thrown == null) {
            return;
        }
        line.append(" exception=").append(thrown.getClassName()).append(": ");
        escape(String.valueOf(thrown.getMessage()), line);
        int frames = Math.min(MOST_FRAMES, thrown.getStackTraceElementProxyArray().length);
        for (int i = 0; i < frames; i++) {
            line.append(" | ").append(thrown.getStackTraceElementProxyArray()[i].getStackTraceElement());
        }
        if (thrown.getCause() != thrown) {
            trace(thrown.getCause(), line);
        }
    }

    private static void escape(@Nullable String text, StringBuilder line) {
        String some = text == null ? "" : text;
        int end = Math.min(some.length(), MOST_CHARS);
        for (int i = 0; i < end; i++) {
            char c = some.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || c == '\u2028'
                            || c == '\u2029') {
                        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        if (end < some.length()) {
            line.append('…');
        }
    }
}
