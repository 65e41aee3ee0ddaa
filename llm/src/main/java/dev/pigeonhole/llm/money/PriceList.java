package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prices by model. Immutable. */
public final class PriceList {
    private static final String BUNDLED = "prices.json";
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern SNAPSHOT = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}$");

    private final Map<String, Price> prices;
    private final LocalDate asOf;

    PriceList(Map<String, Price> prices, LocalDate asOf) {
        this.prices = Map.copyOf(prices);
        this.asOf = Objects.requireNonNull(asOf, "asOf");
    }

    /** The prices that come with the program. Prices change: see {@link #asOf}. */
    public static PriceList bundled() {
        try (InputStream in = Objects.requireNonNull(PriceList.class.getResourceAsStream(BUNDLED), BUNDLED)) {
            return new PriceFile("bundled price list").read(in.readAllBytes());
        } catch (IOException e) {
            throw new ConfigurationException("the bundled price list cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Prices from a file of the same format as the bundled one.
     *
     * @throws ConfigurationException it cannot be read, or is no price list; names model and field
     */
    public static PriceList load(Path file) {
        String name = "price list " + file;
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigurationException(name + ": this is a folder; a JSON file is expected");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigurationException(name + ": larger than 1 MiB; a list of prices is expected");
            }
            return new PriceFile(name).read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(name + ": no such file", e);
        } catch (IOException e) {
            throw new ConfigurationException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The price of a model: under its own name, or, for a dated version ({@code name-2025-08-07}), under the name without the
     * date. Empty if it is not known; an unknown price is never zero.
     */
    public Optional<Price> find(String model) {
        Price exact = prices.get(model);
        return exact != null
                ? Optional.of(exact)
                : Optional.ofNullable(prices.get(SNAPSHOT.matcher(model).replaceFirst("")));
    }

    /** When the list was put together. */
    public LocalDate asOf() {
        return asOf;
    }
}
