package com.example.helpdesk;

import dev.pigeonhole.core.csv.CsvCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tickets of a round as the file that a job reads. Written once and whole: a round that is resumed reads the same tickets, although
 * the inbox has gone on.
 */
final class Spool {
    private static final CsvCells CELLS = CsvCells.delimitedBy(',');

    private Spool() {}

    static void writeUnlessThere(Path file, Inbox inbox) {
        if (Files.exists(file)) {
            return;
        }
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            write(half, inbox);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the tickets cannot be written to " + file, e);
        }
    }

    private static void write(Path file, Inbox inbox) throws IOException {
        try (Stream<Ticket> tickets = inbox.tickets();
                Writer writer = Files.newBufferedWriter(file)) {
            writer.write(line(Ticket.COLUMNS));
            for (Iterator<Ticket> each = tickets.iterator(); each.hasNext(); ) {
                writer.write(line(each.next().cells()));
            }
        }
    }

    private static String line(List<String> cells) {
        return CELLS.join(cells) + "\n";
    }
}
