/**
 * The pairs of circumstances that a run has shown, measured from its cases and traces.
 *
 * <p>A {@link Level} is a circumstance of a step, such as that the cap was hit. Most defects show
 * only if two circumstances meet, so a run must show every {@link Pair} of levels that can meet.
 */
@NullMarked
package dev.alig.conformance.coverage;

import org.jspecify.annotations.NullMarked;
