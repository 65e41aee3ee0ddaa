package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.ConfigurationException;
import java.time.Duration;

/**
 * How much of the server one visitor can hold. Immutable.
 *
 * @param connections open at once
 * @param idle after which a connection that says nothing is closed
 * @param bytesPerSecond the least that a body must come with
 */
public record ServerLimits(int connections, Duration idle, long bytesPerSecond) {
    public ServerLimits {
        if (connections < 1 || idle.toMillis() < 1 || bytesPerSecond < 0) {
            throw new ConfigurationException("limits of the server must be positive numbers, were: " + connections
                    + " connections, " + idle + " idle, " + bytesPerSecond + " bytes a second");
        }
    }

    /** 256 connections, 30 s idle, 1 kB/s. */
    public static ServerLimits usual() {
        return new ServerLimits(256, Duration.ofSeconds(30), 1024);
    }
}
