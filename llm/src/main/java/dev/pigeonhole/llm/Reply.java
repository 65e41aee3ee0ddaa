package dev.pigeonhole.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an answer says about each record, before anybody asks what the words mean. Not thread-safe. */
final class Reply {
    private final RecordIds ids;
    private final SortedMap<Integer, List<Optional<String>>> words = new TreeMap<>();
    private int extra;
    private boolean whole = true;

    Reply(RecordIds ids) {
        this.ids = ids;
    }

    /** @param word empty if there is something, but no word */
    void add(String id, Optional<String> word) {
        ids.position(id)
                .ifPresentOrElse(
                        position -> words.computeIfAbsent(position, p -> new ArrayList<>())
                                .add(word),
                        () -> extra++);
    }

    /** The answer ends in the middle, or breaks off. */
    void breaksOff() {
        whole = false;
    }

    boolean isWhole() {
        return whole;
    }

    boolean isEmpty() {
        return words.isEmpty() && extra == 0;
    }

    /** What was said about ids that nobody asked about. */
    int extra() {
        return extra;
    }

    int count() {
        return ids.count();
    }

    /** All that was said about the record at a position. */
    List<Optional<String>> words(int position) {
        return words.getOrDefault(position, List.of());
    }

    boolean saysNothingOf(int position) {
        return !words.containsKey(position);
    }
}
