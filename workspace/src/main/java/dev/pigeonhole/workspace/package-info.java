/** What every face does the same way: how a job was asked for, what it will cost, a sample to try, and its log. */
@NullMarked
package dev.pigeonhole.workspace;

import org.jspecify.annotations.NullMarked;
