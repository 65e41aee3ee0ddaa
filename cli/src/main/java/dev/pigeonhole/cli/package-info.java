/** The command line: thin commands over the engine. {@link dev.pigeonhole.cli.Wiring} is the only class that names adapters. */
@NullMarked
package dev.pigeonhole.cli;

import org.jspecify.annotations.NullMarked;
