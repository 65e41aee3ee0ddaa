package dev.pigeonhole.cli;

import dev.pigeonhole.core.csv.RaggedPolicy;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a {@link RaggedPolicy} as it is written on a command line: {@code dead-letter}. */
final class RaggedConverter implements ITypeConverter<RaggedPolicy> {
    @Override
    public RaggedPolicy convert(String value) {
        return Arrays.stream(RaggedPolicy.values())
                .filter(policy ->
                        name(policy).equals(value.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("\"" + value + "\" is none of " + String.join(", ", names())));
    }

    private static String name(RaggedPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> names() {
        return Arrays.stream(RaggedPolicy.values()).map(RaggedConverter::name).toList();
    }

    /** The names, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
