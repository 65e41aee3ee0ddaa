package dev.pigeonhole.llm;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port: a provider's batch API. Thread-safe. An adapter sends one request for each call of a method (more only to read a list to
 * its end), and never repeats one by itself. Every method that asks the provider throws
 * {@link ChatFailedException} if the same may succeed later, and
 * {@link ChatRefusedException} if it will not.
 */
public interface BatchModel {
    /** Most requests in a batch. */
    int mostRequests();

    /** Most bytes in the file of a batch. */
    long mostBytes();

    /**
     * A request as a line of the file of a batch, without the line's end. Asks nobody. The same request gives the same bytes.
     *
     * @param customId comes back with the answer; at most 64 characters
     */
    byte[] line(String customId, ChatRequest request);

    /**
     * Uploads the file of a batch.
     *
     * @return the provider's id for it
     */
    String upload(Path file);

    /**
     * Hands a batch over. If it fails with an error of which it is not certain that nothing was made, {@link #find} tells.
     *
     * @param fileId of the uploaded file
     * @param metadata comes back with the batch
     */
    BatchState create(String fileId, Map<String, String> metadata);

    /** The newest batch that has all of this metadata; looks through the provider's list as far back as it goes. */
    Optional<BatchState> find(Map<String, String> metadata);

    /** How a batch stands. */
    BatchState retrieve(String batchId);

    /** Asks for the end of a batch; what is done of it is kept, and costs. One that has ended already stays as it is. */
    BatchState cancel(String batchId);

    /**
     * Downloads a file of answers or errors, and hands its lines over one at a time. Lines come in any order; what cannot be read as
     * one is {@link BatchLine.Unreadable}. If the download breaks off, it fails after the lines that came.
     */
    void read(String fileId, Consumer<BatchLine> consumer);

    /** Removes a file at the provider; one that is not there any more is none. */
    void delete(String fileId);
}
