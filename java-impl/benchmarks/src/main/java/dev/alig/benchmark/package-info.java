/** One step of each contender, as a benchmark of JMH. */
@NullMarked
package dev.alig.benchmark;

import org.jspecify.annotations.NullMarked;
