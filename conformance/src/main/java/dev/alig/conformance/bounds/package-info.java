/**
 * The real-number answer of every number of a step, and what rounding may make of it.
 *
 * <p>ERROR-ANALYSIS.md in the kit's folder has the derivation.
 */
@NullMarked
package dev.alig.conformance.bounds;

import org.jspecify.annotations.NullMarked;
