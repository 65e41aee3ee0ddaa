package dev.pigeonhole.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The web page in a process of its own, and how it is asked. Thread-safe. */
final class WebServer implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final BufferedReader stdout;
    private final URI base;
    private final String token;

    private WebServer(Process process, BufferedReader stdout, String link) {
        this.process = process;
        this.stdout = stdout;
        int hash = link.indexOf('#');
        this.base = URI.create(link.substring(0, hash) + "api/v1");
        this.token = link.substring(hash + "#token=".length());
    }

    /** As the launcher starts it, with less heap. */
    static WebServer start(Path folder, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WebProcess.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader stdout = process.inputReader(StandardCharsets.UTF_8);
        String line = stdout.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = stdout.readLine();
        }
        if (line == null) {
            process.destroy();
            throw new IOException("the web page did not start");
        }
        return new WebServer(process, stdout, line);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return new InetSocketAddress(base.getHost(), base.getPort());
    }

    /** Asks, and reads the whole answer; returns its status. */
    int ask(String path) throws IOException, InterruptedException {
        return send(path).statusCode();
    }

    /** Asks for something that must be there. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What it has taken of all processors so far; 0 where the system does not say. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    /** Stops it, and returns what it has taken. */
    Map<String, String> stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        Map<String, String> figures = new HashMap<>();
        for (String line = stdout.readLine(); line != null; line = stdout.readLine()) {
            String[] pair = line.split("=", 2);
            figures.put(pair[0], pair[pair.length - 1]);
        }
        if (process.waitFor() != 0) {
            throw new IOException("the web page ended with " + process.exitValue());
        }
        return figures;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
