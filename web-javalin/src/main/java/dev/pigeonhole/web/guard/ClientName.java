package dev.pigeonhole.web.guard;

/** What a client calls its file: for people to read, never a part of a path. Stateless. */
public final class ClientName {
    private static final int LONGEST = 120;

    private ClientName() {}

    /** The last part of it, of at most 120 characters, without any that cannot be seen; {@code data.csv} if nothing is left. */
    public static String of(String said) {
        String last = said.substring(Math.max(said.lastIndexOf('/'), said.lastIndexOf('\\')) + 1);
        StringBuilder name = new StringBuilder();
        last.codePoints().filter(ClientName::isSeen).limit(LONGEST).forEach(name::appendCodePoint);
        while (name.length() > LONGEST) {
            name.setLength(name.offsetByCodePoints(name.length(), -1));
        }
        String clean = name.toString().strip();
        return clean.isEmpty() || clean.equals(".") || clean.equals("..") ? "data.csv" : clean;
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
