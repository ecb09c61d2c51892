/** What is timed: optimizers, ours and others, each taking one step on the same data. */
@NullMarked
package dev.alig.benchmark.contender;

import org.jspecify.annotations.NullMarked;
