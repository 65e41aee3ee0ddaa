package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers calls about files and batches, from the key to the fault. Thread-safe. */
final class LaneEndpoint {
    private static final Pattern PATH =
            Pattern.compile("(?:.*/v1|/openai|)/(files|batches)(?:/([^/]+))?(?:/(content|cancel))?");

    private final LaneFaults faults;
    private final ServerSettings settings;
    private final Replies replies;
    private final FileCalls files;
    private final BatchCalls batches;
    private final AtomicLong answered = new AtomicLong();

    LaneEndpoint(Lane lane, ServerSettings settings, Replies replies) {
        this.faults = lane.parts().faults();
        this.settings = settings;
        this.replies = replies;
        this.files = new FileCalls(lane);
        this.batches = new BatchCalls(lane);
    }

    /** Whether requests to this address may be as long as a file. */
    static boolean takesFiles(HttpRequest.Line line) {
        return line.method().equals("POST") && line.path().endsWith("/files");
    }

    /** Empty if it is no call of this kind. */
    Optional<Reply> answer(HttpRequest request, String elsewhere) throws IOException {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String id = path.group(2) == null ? "" : path.group(2);
        String what = path.group(3) == null ? "" : path.group(3);
        Optional<FaultRule.Where> kind = kind(request.method() + " " + path.group(1), !id.isEmpty(), what);
        return kind.isEmpty() ? Optional.empty() : Optional.of(answer(request, kind.get(), id, elsewhere));
    }

    private static Optional<FaultRule.Where> kind(String call, boolean one, String what) {
        return Optional.ofNullable(
                switch (call + (one ? "/ID" : "") + (what.isEmpty() ? "" : "/" + what)) {
                    case "POST files" -> FaultRule.Where.UPLOAD;
                    case "GET files", "GET files/ID" -> FaultRule.Where.FILE;
                    case "GET files/ID/content" -> FaultRule.Where.DOWNLOAD;
                    case "DELETE files/ID" -> FaultRule.Where.DELETE;
                    case "POST batches" -> FaultRule.Where.CREATE;
                    case "GET batches/ID" -> FaultRule.Where.POLL;
                    case "GET batches" -> FaultRule.Where.LIST;
                    case "POST batches/ID/cancel" -> FaultRule.Where.CANCEL;
                    default -> null;
                });
    }

    private Reply answer(HttpRequest request, FaultRule.Where kind, String id, String elsewhere) throws IOException {
        String name = Chance.name(settings.seed(), answered.incrementAndGet(), "call of the lane");
        if (!settings.accepts(request)) {
            return replies.unauthorized().with("x-request-id", "req_" + name);
        }
        Optional<FaultRule> rule = faults.call(kind);
        Optional<FaultRule> refusal = rule.filter(found -> found.fault().kind() == Fault.Kind.REFUSAL);
        if (refusal.isPresent() && !refusal.get().late()) {
            return replies.refused(refusal.get(), "", elsewhere).with("x-request-id", "req_" + name);
        }
        Reply reply = refusal.isPresent()
                ? late(request, kind, id, refusal.get(), elsewhere)
                : delivered(work(request, kind, id), rule);
        return reply.with("x-request-id", "req_" + name);
    }

    /** Does its work, and says no. */
    private Reply late(HttpRequest request, FaultRule.Where kind, String id, FaultRule rule, String elsewhere)
            throws IOException {
        work(request, kind, id);
        return replies.refused(rule, "", elsewhere);
    }

    /** A file that nobody can read is not delivered. */
    private static Reply delivered(Reply reply, Optional<FaultRule> rule) {
        if (rule.isEmpty()) {
            return reply;
        }
        Reply hit = reply.delivered(rule.get());
        return ChatEndpoint.UNREADABLE.contains(rule.get().fault()) ? hit.then(whole -> {}) : hit;
    }

    private Reply work(HttpRequest request, FaultRule.Where kind, String id) throws IOException {
        return switch (kind) {
            case UPLOAD -> files.upload(request);
            case FILE -> id.isEmpty() ? files.list(Page.of(request.query())) : files.find(id);
            case DOWNLOAD -> files.content(id);
            case DELETE -> files.delete(id);
            case CREATE -> batches.create(request);
            case POLL -> batches.find(id);
            case LIST -> batches.list(Page.of(request.query()));
            case CANCEL -> batches.cancel(id);
            default -> throw new IllegalStateException("no call is of the kind " + kind);
        };
    }

    /** An unknown id, as it is told. */
    static Reply unknown(Replies replies, String what) {
        return replies.error(404, what, "invalid_request_error", "id", null);
    }
}
