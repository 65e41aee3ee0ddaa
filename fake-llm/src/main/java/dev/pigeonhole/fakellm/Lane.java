package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The batches that there are, and their files. Thread-safe. */
final class Lane {
    private final LaneParts parts;
    private final Map<String, LaneBatch> batches = new LinkedHashMap<>();
    private BatchSettings settings;
    private long created;

    Lane(LaneParts parts, BatchSettings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    LaneParts parts() {
        return parts;
    }

    synchronized BatchSettings settings() {
        return settings;
    }

    synchronized void change(BatchSettings others) {
        settings = others;
    }

    /** A new batch, as the client is told of it; empty if there are too many under way. */
    synchronized Optional<ObjectNode> create(StoredFile input, String endpoint, Map<String, String> metadata) {
        if (settings.underWay() > 0 && underWay() >= settings.underWay()) {
            return Optional.empty();
        }
        Optional<FaultRule> rule = parts.faults().next(FaultRule.Where.BATCH, new TreeMap<>(metadata).toString());
        LaneBatch batch = new LaneBatch(parts, ++created, input, endpoint, metadata, settings.window(), rule);
        batches.put(batch.id(), batch);
        return Optional.of(batch.words());
    }

    private long underWay() {
        batches.values().forEach(this::look);
        return batches.values().stream()
                .filter(batch -> !batch.status().isOver())
                .count();
    }

    private void look(LaneBatch batch) {
        Map<String, Long> enqueued = new HashMap<>();
        if (settings.enqueuedTokens() > 0 && batch.status() == BatchStatus.VALIDATING) {
            batches.values().forEach(one -> enqueued.merge(one.model(), one.enqueuedTokens(), Long::sum));
        }
        batch.look(settings, enqueued);
    }

    synchronized Optional<ObjectNode> find(String id) {
        Optional<LaneBatch> batch = Optional.ofNullable(batches.get(id));
        batch.ifPresent(this::look);
        return batch.map(LaneBatch::words);
    }

    /** As it is told to the client once it is being cancelled, or is over. */
    synchronized Optional<Cancelling> cancel(String id) {
        Optional<LaneBatch> batch = Optional.ofNullable(batches.get(id));
        batch.ifPresent(this::look);
        return batch.map(one -> new Cancelling(one.cancel(), one.status(), one.words()));
    }

    /** @param accepted whether it was not over */
    record Cancelling(boolean accepted, BatchStatus status, ObjectNode words) {}

    /** Those that are listed now, newest first. */
    synchronized List<ObjectNode> newest() {
        List<LaneBatch> all = new ArrayList<>(batches.values());
        all.removeIf(LaneBatch::hidesFromList);
        all.forEach(this::look);
        Collections.reverse(all);
        return all.stream().map(LaneBatch::words).toList();
    }

    /** All requests of all batches that are under way are worked on, at once. */
    synchronized void finish() {
        for (LaneBatch batch : batches.values()) {
            look(batch);
            batch.finish();
            look(batch);
        }
    }

    void advance(Duration time) {
        parts.clock().advance(time);
    }

    synchronized LaneBill bill() {
        Map<String, Integer> inputs = new HashMap<>();
        Map<Map<String, String>, Integer> metadata = new HashMap<>();
        List<BatchAccount> accounts = new ArrayList<>();
        for (LaneBatch batch : batches.values()) {
            boolean counts = batch.status() != BatchStatus.FAILED;
            int sameInput = counts ? inputs.merge(batch.input().digest(), 1, Integer::sum) : 0;
            int sameMetadata =
                    counts && !batch.metadata().isEmpty() ? metadata.merge(batch.metadata(), 1, Integer::sum) : 0;
            accounts.add(batch.account(sameInput, sameMetadata));
        }
        return new LaneBill(accounts, parts.faults().counts());
    }

    synchronized void clear() {
        batches.clear();
        parts.shelf().clear();
        parts.faults().clear();
    }
}
