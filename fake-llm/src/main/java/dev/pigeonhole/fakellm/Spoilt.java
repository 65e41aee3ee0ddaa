package dev.pigeonhole.fakellm;

import java.util.List;
import java.util.Set;

/** Entries of an answer after a fault, and the ids whose true answer is not among them. Immutable. */
record Spoilt(List<Draft.Entry> entries, Set<String> spoiled) {
    Spoilt {
        entries = List.copyOf(entries);
        spoiled = Set.copyOf(spoiled);
    }
}
