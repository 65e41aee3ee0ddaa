package dev.pigeonhole.openai;

import dev.pigeonhole.core.PigeonholeException;

/** A process that makes two calls and then has nothing more to do. */
final class OneCall {
    private OneCall() {}

    public static void main(String[] args) {
        try (OpenAiChatModel model = Calls.model(args[0])) {
            System.out.println(model.complete(Calls.request(Calls.SCHEMA)));
            model.complete(Calls.request(Calls.SCHEMA));
        } catch (PigeonholeException e) {
            e.printStackTrace();
        }
        System.out.println("the end");
    }
}
