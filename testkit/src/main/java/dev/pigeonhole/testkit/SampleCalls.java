package dev.pigeonhole.testkit;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** Calls that cost money, for tests of checkpoint stores. Stateless. */
public final class SampleCalls {
    private static final List<String> TEXTS =
            List.of("", "a\0b", "it's \"odd\"\r\n\t; ünïcode 🙂 \u202e \ufeff", "{\"r01\":1}");

    private SampleCalls() {}

    /** About 20 rows. */
    public static CallIntent intent(long firstRow) {
        return new CallIntent(
                LongStream.range(firstRow, firstRow + 20).boxed().toList(),
                0,
                "gpt-5-nano",
                "keyed/1",
                Optional.of(new Money(123_456_789)));
    }

    /** An answer of so many tokens, and picodollars. */
    public static CallAnswer answer(String text, long tokens) {
        return new CallAnswer(
                text, "stop", "req_" + tokens, new TokenUsage(tokens, 1, 2, 3), Optional.of(new Money(tokens)));
    }

    /** Any legal intent. */
    public static CallIntent randomIntent(Random random) {
        List<Long> rows = new ArrayList<>();
        long row = 1L + random.nextInt(1 << random.nextInt(31));
        for (int i = random.nextInt(40); i >= 0; i--) {
            rows.add(row);
            row = random.nextInt(5) == 0 ? 1 + (random.nextLong() >>> (2 + random.nextInt(60))) : row + 1;
        }
        return new CallIntent(rows, random.nextInt(5), text(random), text(random), money(random));
    }

    /** Any legal answer, if it is not too long. */
    public static CallAnswer randomAnswer(Random random) {
        TokenUsage usage = new TokenUsage(
                random.nextInt(5000), random.nextInt(99), random.nextInt(99), random.nextInt(Integer.MAX_VALUE));
        return new CallAnswer(text(random), text(random), text(random), usage, money(random));
    }

    private static Optional<Money> money(Random random) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new Money(random.nextInt(Integer.MAX_VALUE)));
    }

    private static String text(Random random) {
        return random.nextInt(3) > 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : unicode(random, random.nextInt(2000));
    }

    /** Any characters that there are: assigned or not, but no half pairs of surrogates. */
    public static String unicode(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            int character = random.nextInt(random.nextBoolean() ? 128 : Character.MAX_CODE_POINT + 1);
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                text.appendCodePoint(character);
            }
        }
        return text.toString();
    }

    /** What marks calls as used, and nothing else. */
    public static Recording settle(Long... calls) {
        return new Recording(List.of(), List.of(), List.of(calls));
    }

    /** All answers by number; the ledger hands them over the other way round. */
    public static List<PaidCall> answers(CallLedger ledger) {
        List<PaidCall> answers = new ArrayList<>();
        ledger.forEachAnswer(answers::add);
        Collections.reverse(answers);
        return answers;
    }

    /** The answers that were not used yet, by number. */
    public static List<PaidCall> unsettled(CallLedger ledger) {
        List<PaidCall> answers = new ArrayList<>();
        ledger.forEachUnsettled(answers::add);
        Collections.reverse(answers);
        return answers;
    }
}
