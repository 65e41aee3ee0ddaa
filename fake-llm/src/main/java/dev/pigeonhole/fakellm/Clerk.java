package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Reads a request, checks it and makes its answer, whichever way it came. Thread-safe. */
final class Clerk {
    private final ServerSettings settings;
    private final QuestionReader questions;
    private final RequestCheck check;
    private final Answers answers;

    Clerk(ServerSettings settings, ObjectMapper json, Replies replies) {
        this.settings = settings;
        this.questions = new QuestionReader(json);
        this.check = new RequestCheck(settings.models(), settings.abilities(), replies);
        this.answers = new Answers(settings.oracle(), json);
    }

    /** @param model from the address; empty if it is in the body */
    Question read(JsonNode body, String model) {
        return questions.read(body, model);
    }

    int promptTokens(Question question) {
        int tokens = 3;
        for (Question.Message message : question.prompt()) {
            tokens += settings.tokens().of(message.text()) + 4;
        }
        return tokens;
    }

    int answerTokens(Draft draft) {
        String refusal = draft.refusal() == null ? "" : draft.refusal();
        return settings.tokens().of(draft.content() == null ? refusal : draft.content());
    }

    /** The refusal, if there is a reason for one. */
    Optional<Reply> refuse(JsonNode body, Question question, int promptTokens) {
        return check.refuse(body, question).or(() -> check.refuseLength(promptTokens, question.maxTokens()));
    }

    /** @param fault a content fault, if there is to be one */
    Draft draft(Question question, Optional<FaultRule> fault, RandomGenerator random) {
        return cut(answers.draft(question, fault, random), question);
    }

    /** No more tokens than the request allows. */
    private Draft cut(Draft answer, Question question) {
        String content = answer.content();
        if (content == null || question.maxTokens() == 0 || settings.tokens().of(content) <= question.maxTokens()) {
            return answer;
        }
        int fits = 0;
        int tooLong = content.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (settings.tokens().of(content.substring(0, middle)) <= question.maxTokens()) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        String rest = content.substring(0, fits);
        return answer.withContent(rest).ending("length").spoiling(WrongText.cutOff(rest, question));
    }
}
