/** Contract suites that every adapter of a port passes. */
@NullMarked
package dev.pigeonhole.testkit;

import org.jspecify.annotations.NullMarked;
