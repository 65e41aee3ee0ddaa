/** What a job will cost by several models and ways of asking, what trials have measured of that, and what the bill says to it. */
@NullMarked
package dev.pigeonhole.workspace.quote;

import org.jspecify.annotations.NullMarked;
