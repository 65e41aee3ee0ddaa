package dev.pigeonhole.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code serve}: the web page. Names no class of the server, so that the other commands, which know this one, do not load it.
 */
@Command(
        name = "serve",
        description = {
            "Serve the web page, to this machine only unless --host says otherwise.",
            "Prints the link to it."
        })
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "7070",
            description = "Where to listen; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = 7070;

    @Option(
            names = "--host",
            paramLabel = "ADDR",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen at; others than this machine can reach it then. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    @Option(names = "--no-token", description = "Let everybody on this machine in, without the link's token.")
    private boolean noToken;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which the page is reached, such as that of a proxy; give it again for more.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "A server of language models that the page may choose; give it again for more.")
    private List<String> baseUrls = new ArrayList<>();

    @Mixin
    private PlaceFlags place = new PlaceFlags();

    @Override
    public Integer call() {
        return new Serving(
                        parent.console(),
                        new Serving.Wish(
                                host, port, place.workspace, place.logs, open, !noToken, allowedHosts, baseUrls))
                .run();
    }
}
