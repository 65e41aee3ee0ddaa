/** When a call may be sent: rate limits, calls in flight, outages, repeated calls. */
@NullMarked
package dev.pigeonhole.llm.pace;

import org.jspecify.annotations.NullMarked;
