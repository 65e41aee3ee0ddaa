/** Reading a CSV file: the pre-scan, its profile, and the rows themselves. */
@NullMarked
package dev.pigeonhole.core.csv;

import org.jspecify.annotations.NullMarked;
