package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.llm.BatchState.Status;
import dev.pigeonhole.llm.pace.RateLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A provider's batches on the heap: works by the clock, keeps a bill, and outlives the processes that use it. Not thread-safe. */
final class FakeBatches implements BatchModel {
    static final Duration TIME = Duration.ofMinutes(20);

    private final HandClock clock;
    private final ScriptedChatModel model;
    private final Map<String, ChatRequest> requests = new HashMap<>();
    private final Map<String, List<String>> uploads = new LinkedHashMap<>();
    private final Map<String, List<BatchLine>> results = new LinkedHashMap<>();
    final List<Batch> batches = new ArrayList<>();
    Mishaps mishaps = Mishaps.none();
    int mostRequests = 4;
    /** How a batch ends that is over. */
    Ending ending = Batch::complete;
    /** Looks at the list that do not show a new batch yet. */
    int listIsLate;
    /** Lines that a download brings before it breaks off; once for each number. */
    final List<Integer> breaks = new ArrayList<>();

    int answersBilled;
    private int names;

    interface Ending {
        void end(Batch batch);
    }

    FakeBatches(HandClock clock, ScriptedChatModel model) {
        this.clock = clock;
        this.model = model;
    }

    static ChatFailedException failure(ChatFailedException.Kind kind) {
        return new ChatFailedException(kind, "no answer", null, RateLimits.UNKNOWN, null);
    }

    static ChatRefusedException refusal(ChatRefusedException.Kind kind) {
        return new ChatRefusedException(kind, "not that", null);
    }

    /** What was handed over. */
    final class Batch {
        final String id;
        final String file;
        final Map<String, String> metadata;
        final List<String> ids;
        private final Instant ends = clock.instant().plus(TIME);
        Status status = Status.UNDER_WAY;
        boolean cancelAsked;
        int hidden = listIsLate;
        long counted;
        long countedFailed;
        Optional<String> output = Optional.empty();
        Optional<String> error = Optional.empty();
        List<String> errors = List.of();

        Batch(String id, String file, Map<String, String> metadata, List<String> ids) {
            this.id = id;
            this.file = file;
            this.metadata = metadata;
            this.ids = ids;
        }

        void look() {
            if (status == Status.UNDER_WAY && cancelAsked) {
                part(Status.CANCELLED, ids.size() / 2);
            } else if (status == Status.UNDER_WAY && !clock.instant().isBefore(ends)) {
                ending.end(this);
            }
        }

        void complete() {
            part(Status.COMPLETED, ids.size());
        }

        /** Some are answered, the others are not begun. */
        void part(Status how, int done) {
            status = how;
            List<BatchLine> answers = new ArrayList<>();
            List<BatchLine> failures = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (i < done) {
                    answers.add(answer(ids.get(i)));
                } else {
                    failures.add(new BatchLine.Failed(ids.get(i), true, "not begun"));
                }
            }
            counted = done;
            output = Optional.of(store(answers));
            error = failures.isEmpty() ? Optional.empty() : Optional.of(store(failures));
        }

        BatchState state() {
            return new BatchState(
                    id,
                    status,
                    ids.size(),
                    counted,
                    countedFailed,
                    output,
                    error,
                    errors,
                    Optional.of(ends.plus(Duration.ofDays(1))));
        }
    }

    /** Billed. */
    BatchLine answer(String id) {
        answersBilled++;
        ChatRequest request = requests.get(id);
        assertThat(request).as("a request with the id %s", id).isNotNull();
        return new BatchLine.Answered(id, LaneBench.billed(model.complete(request)));
    }

    String store(List<BatchLine> lines) {
        String id = "file-" + ++names;
        results.put(id, List.copyOf(lines));
        return id;
    }

    @Override
    public int mostRequests() {
        return mostRequests;
    }

    @Override
    public long mostBytes() {
        return 1_000_000;
    }

    @Override
    public byte[] line(String customId, ChatRequest request) {
        assertThat(customId.length()).isLessThanOrEqualTo(64);
        requests.put(customId, request);
        return customId.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String upload(Path file) {
        return mishaps.remote("upload", () -> {
            String id = "file-" + ++names;
            uploads.put(id, lines(file));
            return id;
        });
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file, e);
        }
    }

    @Override
    public BatchState create(String fileId, Map<String, String> metadata) {
        return mishaps.remote("create", () -> {
            List<String> ids = uploads.get(fileId);
            if (ids == null) {
                throw refusal(ChatRefusedException.Kind.BAD_REQUEST);
            }
            Batch batch = new Batch("batch-" + ++names, fileId, metadata, ids);
            batches.add(batch);
            return batch.state();
        });
    }

    @Override
    public Optional<BatchState> find(Map<String, String> metadata) {
        return mishaps.remote(
                "find",
                () -> batches.stream()
                        .filter(batch -> batch.metadata.equals(metadata) && batch.hidden-- <= 0)
                        .findFirst()
                        .map(Batch::state));
    }

    @Override
    public BatchState retrieve(String batchId) {
        return mishaps.remote("retrieve", () -> {
            Batch batch = batch(batchId);
            batch.look();
            return batch.state();
        });
    }

    @Override
    public BatchState cancel(String batchId) {
        return mishaps.remote("cancel", () -> {
            Batch batch = batch(batchId);
            batch.cancelAsked = true;
            return batch.state();
        });
    }

    private Batch batch(String id) {
        return batches.stream()
                .filter(batch -> batch.id.equals(id))
                .findFirst()
                .orElseThrow(() -> refusal(ChatRefusedException.Kind.UNKNOWN_MODEL));
    }

    @Override
    public void read(String fileId, Consumer<BatchLine> consumer) {
        mishaps.remote("read", () -> {
            List<BatchLine> lines = results.get(fileId);
            if (lines == null) {
                throw refusal(ChatRefusedException.Kind.UNKNOWN_MODEL);
            }
            int most = breaks.isEmpty() ? Integer.MAX_VALUE : breaks.remove(0);
            lines.stream().limit(most).forEach(consumer);
            if (most < lines.size()) {
                throw failure(ChatFailedException.Kind.BROKEN_ANSWER);
            }
            return true;
        });
    }

    @Override
    public void delete(String fileId) {
        mishaps.remote("delete", () -> {
            uploads.remove(fileId);
            results.remove(fileId);
            return true;
        });
    }

    /** Files that are left. */
    int files() {
        return uploads.size() + results.size();
    }

    void forget(String batchId) {
        batches.removeIf(batch -> batch.id.equals(batchId));
    }

    void loseUploads() {
        uploads.clear();
    }
}
