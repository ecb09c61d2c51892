/** The memory by itself: the traffic of a step without its arithmetic. */
@NullMarked
package dev.alig.benchmark.probe;

import org.jspecify.annotations.NullMarked;
