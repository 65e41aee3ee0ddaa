package dev.pigeonhole.fakellm;

import java.util.List;

/** What a list of categories says about itself. */
final class Categories {
    private Categories() {}

    /** The name that means "none of these": the one in underscores, else the last one. */
    static String noneOf(List<String> categories) {
        return categories.stream()
                .filter(Categories::isNone)
                .findFirst()
                .orElseGet(() -> categories.isEmpty() ? Oracle.NONE : categories.get(categories.size() - 1));
    }

    static List<String> withoutNone(List<String> categories) {
        return categories.stream().filter(name -> !isNone(name)).toList();
    }

    private static boolean isNone(String name) {
        return name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    }
}
