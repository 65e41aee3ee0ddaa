package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Works on the requests of one batch, one after the other, and makes its files. Not thread-safe. */
final class BatchWork {
    private final LaneParts parts;
    private final long batch;
    private final int requests;
    private final @Nullable Fault fault;
    private final BitSet hit;
    private final BufferedReader lines;
    private final BatchLines output;
    private final BatchLines errors;

    private int worked;
    private int completed;
    private int failed;
    private int billed;
    private long items;
    private long promptTokens;
    private long answerTokens;

    /** @param batch its number */
    BatchWork(LaneParts parts, long batch, StoredFile input, int requests, Optional<FaultRule> rule) {
        this.parts = parts;
        this.batch = batch;
        this.requests = requests;
        this.fault = rule.map(FaultRule::fault).orElse(null);
        this.hit = hit(rule.map(found -> found.hits(requests)).orElse(0));
        this.lines = input.lines();
        this.output = new BatchLines(new Receipt(parts.bill()), chance("output"));
        this.errors = new BatchLines(new Receipt(parts.bill()), chance("errors"));
    }

    private SplittableRandom chance(String purpose) {
        return Chance.of(parts.settings().seed(), batch, purpose);
    }

    /** So many of the requests, by chance. */
    private BitSet hit(int count) {
        BitSet chosen = new BitSet(requests);
        SplittableRandom random = chance("hit");
        int needed = count;
        for (int i = 0; i < requests && needed > 0; i++) {
            if (random.nextInt(requests - i) < needed) {
                chosen.set(i);
                needed--;
            }
        }
        return chosen;
    }

    boolean isDone() {
        return worked == requests;
    }

    /** Works until so many requests are done, if they are not. */
    void workTo(int due) {
        while (worked < due) {
            JsonNode line = next();
            worked++;
            if (hit.get(worked - 1) && (fault == Fault.EXPIRES || fault == Fault.CANCELLED)) {
                notWorkedOn(line, fault == Fault.EXPIRES ? LaneWords.EXPIRED : LaneWords.CANCELLED);
            } else {
                work(line, hit.get(worked - 1) ? fault : null);
            }
        }
    }

    /** The rest is not worked on, for one of {@link LaneWords}' reasons. */
    void endWith(LaneWords.Reason reason) {
        while (worked < requests) {
            JsonNode line = next();
            worked++;
            notWorkedOn(line, reason);
        }
    }

    private JsonNode next() {
        try {
            String line = lines.readLine();
            while (line != null && line.isBlank()) {
                line = lines.readLine();
            }
            return parts.json().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the file has been checked", e);
        }
    }

    private void notWorkedOn(JsonNode line, LaneWords.Reason reason) {
        errors.add(parts.words().failedLine(name(), id(line), reason));
    }

    private static String id(JsonNode line) {
        return line.path("custom_id").asText();
    }

    private String name() {
        return Chance.name(parts.settings().seed(), batch << 20 | worked, "request");
    }

    private void work(JsonNode line, @Nullable Fault own) {
        if (own == Fault.STATUS_ZERO) {
            completed++;
            errors.add(parts.words().zeroLine(name(), id(line)));
            return;
        }
        Question question = parts.clerk().read(line.path("body"), "");
        Optional<FaultRule> rule = parts.faults().next(FaultRule.Where.LINE, question.userText());
        int prompt = parts.clerk().promptTokens(question);
        Optional<Reply> refusal = rule.filter(found -> found.fault().kind() == Fault.Kind.REFUSAL)
                .map(found -> parts.replies().refused(found, question.model(), ""))
                .or(() -> parts.clerk().refuse(line.path("body"), question, prompt));
        if (refusal.isPresent()) {
            failed++;
            errors.add(refused(line, refusal.get()));
        } else {
            answer(line, question, prompt, rule, own);
        }
    }

    /** A request that timed out has no answer at all; the others have one that says no. */
    private String refused(JsonNode line, Reply refusal) {
        return refusal.status() == 408
                ? parts.words().failedLine(name(), id(line), LaneWords.TIMED_OUT)
                : parts.words().line(name(), id(line), refusal.status(), body(refusal));
    }

    /** What is no JSON, as a page of a proxy, cannot stand in a line. */
    private JsonNode body(Reply refusal) {
        ObjectMapper json = parts.json();
        try {
            return json.readTree(refusal.body());
        } catch (JsonProcessingException e) {
            ObjectNode body = json.createObjectNode();
            body.putObject("error").put("message", "Status " + refusal.status());
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be read", e);
        }
    }

    private void answer(JsonNode line, Question question, int prompt, Optional<FaultRule> rule, @Nullable Fault own) {
        Draft draft =
                parts.clerk().draft(question, rule, Chance.of(parts.settings().seed(), batch << 20 | worked, "line"));
        int answer = parts.clerk().answerTokens(draft);
        ObjectNode body =
                parts.replies().completionBody(name(), question.model(), draft, new Replies.Usage(prompt, 0, answer));
        completed++;
        billed++;
        items += question.records().size();
        promptTokens += prompt;
        answerTokens += answer;
        Bill.Slip slip = parts.bill().billInLane(question.records(), draft.spoiled());
        put(line, body, slip, own);
    }

    private void put(JsonNode line, ObjectNode body, Bill.Slip slip, @Nullable Fault own) {
        if (own == Fault.LOST_LINES) {
            return;
        }
        String id = own == Fault.UNKNOWN_IDS ? "unknown-" + name() : id(line);
        String text = parts.words().line(name(), id, 200, body);
        boolean broken = own == Fault.BROKEN_LINES;
        output.add(broken ? text.substring(0, text.length() / 2) : text);
        output.receipt().add(broken || own == Fault.UNKNOWN_IDS ? slip.spoiled() : slip);
        if (own == Fault.DOUBLED_LINES) {
            output.add(text);
        }
        if (own == Fault.IN_BOTH_FILES) {
            errors.add(parts.words().failedLine(name(), id, LaneWords.TIMED_OUT));
        }
    }

    BatchLines output() {
        return output;
    }

    BatchLines errors() {
        return errors;
    }

    /** Lets go of the input. */
    void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be closed", e);
        }
    }

    int completed() {
        return completed;
    }

    int failed() {
        return failed;
    }

    int billed() {
        return billed;
    }

    long items() {
        return items;
    }

    long promptTokens() {
        return promptTokens;
    }

    long answerTokens() {
        return answerTokens;
    }
}
