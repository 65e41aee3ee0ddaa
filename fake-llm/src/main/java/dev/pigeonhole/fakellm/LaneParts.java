package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.ObjectMapper;

/** What the batch lane works with. Each part is thread-safe. */
record LaneParts(
        ServerSettings settings,
        ObjectMapper json,
        Clerk clerk,
        Replies replies,
        LaneWords words,
        LaneFaults faults,
        LaneClock clock,
        FileShelf shelf,
        Bill bill) {}
