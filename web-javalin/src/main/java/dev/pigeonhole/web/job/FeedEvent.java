package dev.pigeonhole.web.job;

/**
 * Something that happened to a job. Immutable.
 *
 * @param seq its number; they grow by one
 * @param name as in {@code docs/api.md}
 * @param job the whole job as it stood then, as JSON
 * @param more further members of the data, as JSON, each with a comma in front; may be empty
 */
record FeedEvent(long seq, String name, String job, String more) {

    /** How the job stood when this happened. */
    FeedEvent snapshot(boolean resync) {
        return new FeedEvent(seq, "snapshot", job, resync ? ",\"resync\":true" : "");
    }

    int chars() {
        return job.length() + more.length();
    }

    /** As it goes over the wire. */
    String text() {
        return "id: " + seq + "\nevent: " + name + "\ndata: {\"job\":" + job + more + "}\n\n";
    }
}
