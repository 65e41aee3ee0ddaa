package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls about files. Thread-safe. */
final class FileCalls {
    private static final Set<String> PURPOSES =
            Set.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");

    private final Replies replies;
    private final LaneWords words;
    private final FileShelf shelf;

    FileCalls(Lane lane) {
        this.replies = lane.parts().replies();
        this.words = lane.parts().words();
        this.shelf = lane.parts().shelf();
    }

    Reply upload(HttpRequest request) {
        Optional<Multipart> form = Multipart.read(request.header("content-type").orElse(""), request.body());
        if (form.isEmpty()) {
            return replies.badRequest("Could not parse multipart form", null, null);
        }
        String purpose = form.get().value("purpose");
        Optional<Multipart.Part> file = form.get().part("file");
        if (file.isEmpty()) {
            return missing("file");
        }
        if (purpose.isEmpty()) {
            return missing("purpose");
        }
        if (!PURPOSES.contains(purpose)) {
            return replies.badRequest("'" + purpose + "' is not one of " + PURPOSES, "purpose", "invalid_value");
        }
        String name = file.get().fileName();
        if (purpose.equals("batch") && !name.endsWith(".jsonl")) {
            return replies.badRequest("Invalid file format for Batch API. Must be .jsonl", null, null);
        }
        return replies.json(
                200,
                words.file(shelf.upload(
                        name,
                        purpose,
                        request.body(),
                        file.get().from(),
                        file.get().to())));
    }

    private Reply missing(String field) {
        return replies.badRequest("'" + field + "' is a required property", field, "missing_required_parameter");
    }

    Reply find(String id) {
        return shelf.find(id).map(file -> replies.json(200, words.file(file))).orElseGet(() -> unknown(id));
    }

    Reply list(Page page) {
        List<ObjectNode> all = shelf.newest().stream()
                .filter(file -> page.purpose().isEmpty() || page.purpose().equals(file.purpose()))
                .map(words::file)
                .toList();
        return replies.json(200, page.of(all, words));
    }

    Reply content(String id) {
        Optional<StoredFile> file = shelf.find(id);
        if (file.isEmpty()) {
            return unknown(id);
        }
        Receipt.Download download = file.get().receipt().download();
        return Reply.of(200, "application/octet-stream", file.get().content())
                .with("content-disposition", "attachment; filename=\"" + id + "\"")
                .then(download::ended);
    }

    Reply delete(String id) {
        return shelf.delete(id) ? replies.json(200, words.deleted(id)) : unknown(id);
    }

    private Reply unknown(String id) {
        return LaneEndpoint.unknown(replies, "No such File object: " + id);
    }
}
