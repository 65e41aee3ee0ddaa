package dev.pigeonhole.fakellm;

/**
 * One call, as it is remembered. Immutable. Times in seconds since the first call.
 *
 * @param number counted from 1
 * @param arrived when the request was there as a whole
 * @param seconds how long it took, to the last byte of the answer or to the end of the connection
 * @param status of the answer; 0 if the client left before there was one
 * @param fault what was done to it; empty if nothing
 * @param items records asked about
 * @param promptTokens billed; 0 if it was not
 * @param cachedTokens those among them that were cached
 * @param answerTokens billed
 * @param whole whether every byte of the answer was handed to the network
 */
public record Call(
        long number,
        double arrived,
        double seconds,
        int status,
        String fault,
        int items,
        int promptTokens,
        int cachedTokens,
        int answerTokens,
        boolean whole) {}
