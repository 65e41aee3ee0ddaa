/** Benchmarks of inner loops, by JMH. */
@NullMarked
package dev.pigeonhole.bench.inner;

import org.jspecify.annotations.NullMarked;
