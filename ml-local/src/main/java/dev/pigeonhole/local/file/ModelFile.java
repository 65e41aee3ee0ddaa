package dev.pigeonhole.local.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A card and named arrays, and their file. {@code docs/formats.md} describes its bytes. The arrays are neither copied when they are
 * put in nor when they are taken out; who changes them is wrong. Otherwise immutable.
 */
public final class ModelFile {
    /** The newest version of the format: the one that is written. All from 1 on are read. */
    public static final int VERSION = 1;

    private final Card card;
    private final Map<String, Object> arrays;

    private ModelFile(Card card, Map<String, Object> arrays) {
        this.card = card;
        this.arrays = arrays;
    }

    /**
     * What is to be saved.
     *
     * @param arrays by name, 1 to 255 characters of ASCII: of bytes, ints, longs, floats or doubles; they are not copied
     */
    public static ModelFile of(Card card, Map<String, Object> arrays) {
        arrays.forEach((name, array) -> new Section(SectionKind.of(array), name, 0));
        return new ModelFile(card, Collections.unmodifiableMap(new LinkedHashMap<>(arrays)));
    }

    /**
     * Reads a file. Nothing of it is returned before its checksum is found right, and nothing is allocated for more than the file
     * holds.
     *
     * @throws dev.pigeonhole.core.ConfigurationException it is not there, is no such file, is damaged or is of a newer version
     * @throws dev.pigeonhole.core.StorageException reading fails
     */
    public static Loaded load(Path file) {
        return ModelFileReader.read(file, true);
    }

    /**
     * Reads and checks a file as {@link #load} does, but keeps its card only.
     *
     * @throws dev.pigeonhole.core.ConfigurationException it is not there, is no such file, is damaged or is of a newer version
     * @throws dev.pigeonhole.core.StorageException reading fails
     */
    public static Card card(Path file) {
        return ModelFileReader.read(file, false).content().card();
    }

    /**
     * What was read.
     *
     * @param sha256 the checksum that the file ends with: two files have the same only if they are the same; hexadecimal
     */
    public record Loaded(ModelFile content, String sha256) {}

    /**
     * Writes the file, whole or not at all, in place of one that is there; for its owner only.
     *
     * @return the checksum that the file ends with, hexadecimal
     * @throws dev.pigeonhole.core.StorageException it cannot be written
     */
    public String save(Path file) {
        return ModelFileWriter.write(this, file);
    }

    public Card card() {
        return card;
    }

    /** The names of the arrays, in the order of the file. */
    public Iterable<String> names() {
        return arrays.keySet();
    }

    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /**
     * An array of bytes.
     *
     * @throws MissingPartException there is none of this name
     */
    public byte[] bytes(String name) {
        return array(name, byte[].class);
    }

    /**
     * An array of ints.
     *
     * @throws MissingPartException there is none of this name
     */
    public int[] ints(String name) {
        return array(name, int[].class);
    }

    /**
     * An array of longs.
     *
     * @throws MissingPartException there is none of this name
     */
    public long[] longs(String name) {
        return array(name, long[].class);
    }

    /**
     * An array of floats.
     *
     * @throws MissingPartException there is none of this name
     */
    public float[] floats(String name) {
        return array(name, float[].class);
    }

    /**
     * An array of doubles.
     *
     * @throws MissingPartException there is none of this name
     */
    public double[] doubles(String name) {
        return array(name, double[].class);
    }

    Object array(String name) {
        return array(name, Object.class);
    }

    private <T> T array(String name, Class<T> kind) {
        Object array = arrays.get(name);
        if (!kind.isInstance(array)) {
            throw new MissingPartException(
                    "it has no " + kind.getSimpleName().replace("[]", "s") + " \"" + name + "\"");
        }
        return kind.cast(array);
    }
}
