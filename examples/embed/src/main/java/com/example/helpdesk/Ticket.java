package com.example.helpdesk;

import java.util.List;

/** What a customer wrote. Immutable. */
record Ticket(String id, String subject, String body) {
    static final List<String> COLUMNS = List.of("id", "subject", "body");

    List<String> cells() {
        return List.of(id, subject, body);
    }
}
