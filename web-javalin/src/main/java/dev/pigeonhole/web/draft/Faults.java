package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is wrong with a file or with a trial, as it is shown in an answer that is none itself. Stateless. */
final class Faults {
    private Faults() {}

    static Map<String, Object> of(PigeonholeException e, String instance) {
        if (e instanceof ProblemException known) {
            return toMap(known.problem(), instance);
        } else if (e instanceof MissingKeyException) {
            return toMap(ProblemType.KEY_MISSING, e.getMessage(), instance);
        } else if (e instanceof InputException) {
            return toMap(ProblemType.CSV_UNREADABLE, e.getMessage(), instance);
        }
        return toMap(ProblemType.SETTING_WRONG, e.getMessage(), instance);
    }

    /** A run that has not come to its end. */
    static Map<String, Object> of(Summary summary, String instance) {
        boolean key = summary.reason()
                .filter(reason -> reason == PauseReason.KEY_REJECTED)
                .isPresent();
        String message = summary.message().isEmpty() ? "the trial was stopped" : summary.message();
        return toMap(key ? ProblemType.KEY_MISSING : ProblemType.NOT_READY, message, instance);
    }

    static Map<String, Object> stopped(String instance) {
        return toMap(
                ProblemType.NOT_READY, "the server was stopped; what was answered is kept, so try again", instance);
    }

    static Map<String, Object> unexpected(String instance) {
        return toMap(
                ProblemType.UNEXPECTED, "something went wrong that was not foreseen; error.log says what", instance);
    }

    static Map<String, Object> toMap(Problem problem, String instance) {
        Map<String, Object> map = toMap(problem.type(), problem.detail(), instance);
        problem.more().forEach(map::putIfAbsent);
        return map;
    }

    private static Map<String, Object> toMap(ProblemType type, String detail, String instance) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type.uri());
        map.put("title", type.title());
        map.put("status", type.status());
        map.put("detail", detail);
        map.put("instance", instance);
        return map;
    }
}
