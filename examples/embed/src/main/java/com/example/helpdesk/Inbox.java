package com.example.helpdesk;

import java.util.stream.Stream;

/** Where this application has its tickets: a database, a mailbox, a queue. */
@FunctionalInterface
interface Inbox {
    /** The tickets of a round, read once. The caller closes the stream. */
    Stream<Ticket> tickets();
}
