/**
 * The real-number answer of every number of a step, and what rounding may make of it.
 *
 * <p>docs/error-analysis.md has the derivation.
 */
@NullMarked
package dev.alig.conformance.bounds;

import org.jspecify.annotations.NullMarked;
