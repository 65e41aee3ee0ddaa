package dev.pigeonhole.llm;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.llm.money.PriceList;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings that users write. Not thread-safe. */
final class LlmOptions {
    static final Set<String> KEYS = Set.of(
            "rpm",
            "tpm",
            "max-cost",
            "prices",
            "record-tokens",
            "format",
            "reasoning-tokens",
            "timeout",
            "fresh",
            "hints",
            "concurrency",
            "lane",
            "deadline",
            "lane-poll");

    private static final int MOST_REASONING_TOKENS = 200_000;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_CALLS = 1_000;

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Map<String, String> options;

    LlmOptions(Map<String, String> options) {
        this.options = Map.copyOf(options);
    }

    LlmSettings read() {
        LlmSettings.Builder settings = LlmSettings.builder();
        number("rpm", 0, Integer.MAX_VALUE, n -> told(n, () -> settings.rpm((int) n)));
        number("tpm", 0, Long.MAX_VALUE, n -> told(n, () -> settings.tpm(n)));
        number("concurrency", 0, MOST_CALLS, n -> told(n, () -> settings.concurrency((int) n)));
        number(
                "record-tokens",
                LlmSettings.LEAST_RECORD_TOKENS,
                LlmSettings.MOST_RECORD_TOKENS,
                n -> settings.recordTokens((int) n));
        number("reasoning-tokens", 0, MOST_REASONING_TOKENS, n -> settings.reasoningTokens((int) n));
        number("timeout", 1, MOST_SECONDS, n -> settings.timeout(Duration.ofSeconds(n)));
        option("max-cost").map(LlmOptions::dollars).ifPresent(settings::maxCost);
        option("prices").map(LlmOptions::prices).ifPresent(settings::prices);
        option("format").flatMap(LlmOptions::format).ifPresent(settings::format);
        option("hints").map(LlmOptions::hints).ifPresent(settings::hints);
        option("fresh").map(LlmOptions::flag).ifPresent(settings::fresh);
        option("lane").map(LlmOptions::isBatch).ifPresent(settings::batch);
        option("deadline").map(text -> time("deadline", text)).ifPresent(settings::deadline);
        option("lane-poll").map(text -> time("lane-poll", text)).ifPresent(settings::lanePoll);
        return settings.build();
    }

    private Optional<String> option(String key) {
        return Optional.ofNullable(options.get(key)).map(String::strip);
    }

    /** Zero says as much as nothing. */
    private static void told(long number, Runnable setting) {
        if (number > 0) {
            setting.run();
        }
    }

    private void number(String key, long least, long most, LongConsumer setting) {
        option(key).ifPresent(text -> {
            long number = whole(text).orElseThrow(() -> wrong(key, "a whole number", text, null));
            if (number < least || number > most) {
                boolean open = most >= Integer.MAX_VALUE;
                throw wrong(key, open ? "at least " + least : "from " + least + " to " + most, text, null);
            }
            setting.accept(number);
        });
    }

    private static OptionalLong whole(String text) {
        return text.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Money dollars(String text) {
        try {
            BigDecimal dollars = new BigDecimal(text);
            if (dollars.signum() > 0) {
                return Money.dollars(dollars);
            }
        } catch (NumberFormatException e) {
            throw wrong("max-cost", "US dollars, such as 12.50", text, e);
        } catch (ArithmeticException e) {
            throw wrong("max-cost", "less than nine million US dollars, with at most twelve decimals", text, e);
        }
        throw wrong("max-cost", "more than 0 US dollars", text, null);
    }

    private static PriceList prices(String file) {
        try {
            return PriceList.load(Path.of(file));
        } catch (InvalidPathException e) {
            throw wrong("prices", "the path of a price file", file, e);
        }
    }

    private static Optional<ReplyMode> format(String text) {
        if (text.equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(ReplyMode.ofKey(text)
                .orElseThrow(() -> wrong("format", "one of auto, keyed, array, json, lines", text, null)));
    }

    static HintMode hints(String text) {
        return HintMode.ofKey(text).orElseThrow(() -> wrong("hints", "one of auto, on, off", text, null));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw wrong("fresh", "true or false", text, null);
        };
    }

    private static boolean isBatch(String text) {
        return switch (text) {
            case "batch" -> true;
            case "sync" -> false;
            default -> throw wrong("lane", "sync or batch", text, null);
        };
    }

    private static Duration time(String key, String text) {
        Matcher parts = TIME.matcher(text);
        Duration time = parts.matches() ? time(Long.parseLong(parts.group(1)), parts.group(2)) : Duration.ZERO;
        if (time.isZero() || time.compareTo(LONGEST) > 0) {
            throw wrong(key, "a whole number with ms, s, m, h or d, at most 30d, such as 6h or 90m", text, null);
        }
        return time;
    }

    private static Duration time(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static ConfigurationException wrong(String key, String expected, String found, @Nullable Throwable cause) {
        return new ConfigurationException(key + " must be " + expected + ", was \"" + found + "\"", cause);
    }
}
