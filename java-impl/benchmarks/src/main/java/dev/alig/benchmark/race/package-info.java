/** Contenders taking turns: in every round each has one short slice of time, at the same size. */
@NullMarked
package dev.alig.benchmark.race;

import org.jspecify.annotations.NullMarked;
