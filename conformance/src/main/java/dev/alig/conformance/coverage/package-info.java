/**
 * Which pairs of circumstances a run has shown, measured from the cases and traces that ran.
 *
 * <p>A {@link Level} is what was the case in one step of one group, such as that the cap was hit.
 * Most defects need two circumstances to meet, so every {@link Pair} of levels that can meet has
 * to.
 */
@NullMarked
package dev.alig.conformance.coverage;

import org.jspecify.annotations.NullMarked;
