package dev.pigeonhole.openai;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.MissingKeyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The key to a server. It comes from the environment or from a file that only its owner can read: arguments of a process can be
 * seen by all users of a machine. Immutable; {@link #toString} does not show it.
 */
final class ApiKey {
    /** What servers on this machine get, which ask for none. */
    static final ApiKey NONE_NEEDED = new ApiKey("none-needed");

    private static final int LONGEST = 8192;
    private static final Set<PosixFilePermission> OWNERS_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /**
     * The key of a file, if one is named, else of the environment, else none if the server is on this machine.
     *
     * @throws MissingKeyException there is none
     * @throws ConfigurationException it cannot be one, or others can read the file
     */
    static ApiKey find(OpenAiSettings settings, Map<String, String> environment) {
        if (settings.keyFile().isPresent()) {
            return read(settings.keyFile().get());
        }
        String variable =
                settings.endpoint().flavor() == Endpoint.Flavor.AZURE ? "AZURE_OPENAI_API_KEY" : "OPENAI_API_KEY";
        String value = environment.getOrDefault(variable, "").strip();
        if (!value.isEmpty()) {
            return of(value, "the environment variable " + variable);
        }
        if (settings.endpoint().isLoopback()) {
            return NONE_NEEDED;
        }
        throw new MissingKeyException(
                "there is no key for " + settings.endpoint().origin()
                        + "; set the environment variable " + variable
                        + ", or name a file that holds the key and that only you can read with the option key-file");
    }

    /** A key as it was found. */
    static ApiKey of(String value, String place) {
        if (value.length() > LONGEST || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigurationException(place
                    + " holds no key: a key is one line of letters, digits and signs, without spaces between them");
        }
        return new ApiKey(value);
    }

    private static ApiKey read(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                requirePrivate(file);
            }
            if (Files.size(file) > LONGEST) {
                throw new ConfigurationException("the key file " + file + " is too long to hold a key");
            }
            String value = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (value.isEmpty()) {
                throw new MissingKeyException("the key file " + file + " is empty; it holds the key and nothing else");
            }
            return of(value, "the key file " + file);
        } catch (NoSuchFileException e) {
            throw new MissingKeyException(absent("does not exist"));
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw new ConfigurationException("the key file " + file + " cannot be read: " + e.getMessage(), e);
            }
            throw new ConfigurationException(absent("cannot be reached"));
        }
    }

    /** Does not repeat what was given, and has no cause that would: it may be the key itself. */
    private static String absent(String what) {
        return "the file that the option key-file names " + what
                + "; it takes the path of a file that holds the key, not the key";
    }

    private static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(file).stream()
                .filter(permission -> !OWNERS_ONLY.contains(permission))
                .collect(Collectors.toSet());
        if (!others.isEmpty()) {
            throw new ConfigurationException("the key file " + file
                    + " can be used by others than its owner; forbid it with: chmod 600 '" + file + "'");
        }
    }

    /** The key itself. Only for the request, and for taking it out of messages. */
    String value() {
        return value;
    }

    @Override
    public String toString() {
        return "ApiKey[***]";
    }
}
