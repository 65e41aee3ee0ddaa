package dev.pigeonhole.fakellm;

import java.util.Map;

/**
 * What became of one batch. Immutable.
 *
 * @param id the server's name of it
 * @param status in the words of the wire
 * @param metadata that the client gave it
 * @param inputFileId the file with its requests
 * @param inputDigest the same for files with the same content
 * @param sameInput the how manieth batch it is, counted from 1, of those with this content that have not failed
 * @param sameMetadata the how manieth of those with these metadata that have not failed; 0 if it has none
 * @param requests in its file; 0 until it was looked at
 * @param billed requests that were answered and paid for
 * @param items records in billed requests
 * @param promptTokens billed
 * @param answerTokens billed
 */
public record BatchAccount(
        String id,
        String status,
        Map<String, String> metadata,
        String inputFileId,
        String inputDigest,
        int sameInput,
        int sameMetadata,
        int requests,
        int billed,
        long items,
        long promptTokens,
        long answerTokens) {
    public BatchAccount {
        metadata = Map.copyOf(metadata);
    }

    /** Whether these requests, or these metadata, had been submitted before by a batch that has not failed. */
    public boolean again() {
        return sameInput > 1 || sameMetadata > 1;
    }
}
