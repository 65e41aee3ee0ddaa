package dev.pigeonhole.fakellm;

import java.util.List;
import java.util.Map;

/**
 * What the server saw so far. Immutable. Times in seconds.
 *
 * @param calls that arrived
 * @param ended calls that are over
 * @param byStatus how many ended with which status; 0 where the client left before there was one
 * @param byFault how often which fault happened
 * @param inFlight calls that are not over
 * @param peakInFlight the most of them at once
 * @param meanInFlight over the time from the first call's arrival to the last one's; over the client's places it is the fill
 * @param arrivalSeconds from the first call's arrival to the last one's
 * @param wallSeconds from the first call's arrival to the end of the last one so far
 * @param admitted calls that the limits let through, faults among them
 * @param limited calls that the limits refused
 * @param limitedShare of all calls
 * @param admittedPerSecond mean over the time from the first arrival to the last
 * @param admittedInSecond how many in each second since the first call
 * @param promptTokens billed
 * @param cachedTokens those among them that were cached
 * @param answerTokens billed
 * @param itemsAsked records in billed calls
 * @param broken answers that did not get through as a whole
 * @param connections that were opened
 * @param redirectsFollowed requests that came after a redirect to another host
 * @param keysLeaked those among them that brought the key along
 */
public record Stats(
        long calls,
        long ended,
        Map<Integer, Long> byStatus,
        Map<Fault, Long> byFault,
        int inFlight,
        int peakInFlight,
        double meanInFlight,
        double arrivalSeconds,
        double wallSeconds,
        long admitted,
        long limited,
        double limitedShare,
        double admittedPerSecond,
        List<Long> admittedInSecond,
        long promptTokens,
        long cachedTokens,
        long answerTokens,
        long itemsAsked,
        long broken,
        long connections,
        long redirectsFollowed,
        long keysLeaked) {
    public Stats {
        byStatus = Map.copyOf(byStatus);
        byFault = Map.copyOf(byFault);
        admittedInSecond = List.copyOf(admittedInSecond);
    }
}
