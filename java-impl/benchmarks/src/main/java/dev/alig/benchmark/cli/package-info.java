/** {@code ci/benchmark}: plans the races, starts a worker for each JVM, and reports. */
@NullMarked
package dev.alig.benchmark.cli;

import org.jspecify.annotations.NullMarked;
