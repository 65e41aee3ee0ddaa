package dev.pigeonhole.fakellm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who paid how often for what: one account for each text that was asked about. A call is billed when the server has its answer,
 * whether the client gets it or not. Thread-safe; it goes on changing while calls come.
 */
public final class Bill {
    private final Map<Long, Account> accounts = new ConcurrentHashMap<>();

    /**
     * What happened to one text. Immutable.
     *
     * @param billed answers made
     * @param delivered answers of which every byte was handed to the network while the client was there
     * @param good those among the delivered that gave this text its true answer, in a form that a client can use
     * @param again how often it was billed after a good answer had been delivered: money that need not have been spent
     * @param inLane answers made in a batch, at half price; among the billed
     */
    public record Account(long billed, long delivered, long good, long again, long inLane) {
        private static final Account EMPTY = new Account(0, 0, 0, 0);

        /** Nothing of it in a batch. */
        public Account(long billed, long delivered, long good, long again) {
            this(billed, delivered, good, again, 0);
        }

        private Account bill(boolean lane) {
            return new Account(billed + 1, delivered, good, again + (good > 0 ? 1 : 0), inLane + (lane ? 1 : 0));
        }

        private Account deliver(int times, boolean right) {
            return new Account(billed, delivered + times, good + (right ? times : 0), again, inLane);
        }
    }

    Bill() {}

    /** The account of a text as it stood in the request. */
    public Account of(String text) {
        return accounts.getOrDefault(key(text), Account.EMPTY);
    }

    /** All accounts by {@link #digest}. */
    public Map<String, Account> accounts() {
        Map<String, Account> all = new TreeMap<>();
        accounts.forEach((key, account) -> all.put(hex(key), account));
        return all;
    }

    /** Different texts that were billed. */
    public long texts() {
        return accounts.size();
    }

    /** Answers made, each text counted each time. */
    public long billed() {
        return values().stream().mapToLong(Account::billed).sum();
    }

    /** Answers made in batches, each text counted each time. */
    public long billedInLane() {
        return values().stream().mapToLong(Account::inLane).sum();
    }

    /** Answers delivered whole, each text counted each time. */
    public long delivered() {
        return values().stream().mapToLong(Account::delivered).sum();
    }

    /** Texts that were billed more than once. */
    public long billedMoreThanOnce() {
        return values().stream().filter(account -> account.billed() > 1).count();
    }

    /** The sum of {@link Account#again()}: what was paid for and need not have been. */
    public long billedAgain() {
        return values().stream().mapToLong(Account::again).sum();
    }

    /** The name of a text's account: 16 hexadecimal digits of the SHA-256 of its UTF-8 bytes. */
    public static String digest(String text) {
        return hex(key(text));
    }

    /** Answers of one call that are to be delivered later. Immutable. */
    static final class Slip {
        private final long[] keys;
        private final BitSet good;

        private Slip(long[] keys, BitSet good) {
            this.keys = keys;
            this.good = good;
        }

        /** None of them gives a text its answer. */
        Slip spoiled() {
            return new Slip(keys, new BitSet());
        }
    }

    void bill(Collection<Question.Asked> records) {
        records.forEach(record -> bill(key(record.text()), false));
    }

    private void bill(long text, boolean lane) {
        accounts.compute(text, (key, account) -> (account == null ? Account.EMPTY : account).bill(lane));
    }

    /**
     * Bills what was answered in a batch.
     *
     * @param spoiled ids of those that did not get their answers
     */
    Slip billInLane(List<Question.Asked> records, Set<String> spoiled) {
        long[] keys = new long[records.size()];
        BitSet good = new BitSet(keys.length);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(records.get(i).text());
            good.set(i, !spoiled.contains(records.get(i).id()));
            bill(keys[i], true);
        }
        return new Slip(keys, good);
    }

    /** @param times 1, or -1 if what was thought to be delivered was not */
    void deliver(Slip slip, int times) {
        for (int i = 0; i < slip.keys.length; i++) {
            boolean right = slip.good.get(i);
            accounts.computeIfPresent(slip.keys[i], (key, account) -> account.deliver(times, right));
        }
    }

    /** @param spoiled ids of those that did not get their answers */
    void deliver(Collection<Question.Asked> records, Set<String> spoiled) {
        deliver(records, spoiled, 1);
    }

    /** What was thought to be delivered was not. */
    void takeBack(Collection<Question.Asked> records, Set<String> spoiled) {
        deliver(records, spoiled, -1);
    }

    private void deliver(Collection<Question.Asked> records, Set<String> spoiled, int times) {
        records.forEach(record -> accounts.computeIfPresent(
                key(record.text()), (key, account) -> account.deliver(times, !spoiled.contains(record.id()))));
    }

    void clear() {
        accounts.clear();
    }

    private Collection<Account> values() {
        return accounts.values();
    }

    private static long key(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long key = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                key = key << 8 | (hash[i] & 0xff);
            }
            return key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(long key) {
        String digits = Long.toHexString(key);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
