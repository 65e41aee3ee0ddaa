package dev.pigeonhole.web.draft;

import java.nio.file.Path;

/** Messages of the engine in the words of the page: no paths of the server, no flags of the command line. Stateless. */
final class PageWords {
    private PageWords() {}

    /**
     * @param path of a file that the message may name
     * @param shown what a person calls that file
     */
    static String of(String message, Path path, String shown) {
        return of(message.replace(path.toString(), shown));
    }

    static String of(String message) {
        return message.replaceFirst("^--(\\w+)", "the $1")
                .replace("--on-bad-bytes replace", "the switch that replaces bad bytes")
                .replace("--text-column", "the text columns")
                .replace("--lenient-quotes", "the switch for loose quotes")
                .replaceAll("--(encoding|delimiter) ([\\w-]+)", "the $1 $2")
                .replaceAll("--(encoding|delimiter|ragged)", "the $1");
    }
}
