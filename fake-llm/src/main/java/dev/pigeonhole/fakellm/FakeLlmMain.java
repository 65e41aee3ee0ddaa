package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the server as a process of its own, until it is killed. The first line it prints is the base URL. */
public final class FakeLlmMain {
    private FakeLlmMain() {}

    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(Arguments.help());
            return;
        }
        try {
            FakeLlm server = Arguments.parse(args).start();
            System.out.println(server.baseUrl());
            System.out.flush();
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("fake-llm: " + e.getMessage() + " (--help tells what there is)");
            System.exit(2);
        }
        new CountDownLatch(1).await();
    }
}
