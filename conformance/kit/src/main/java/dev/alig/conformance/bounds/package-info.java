/**
 * The real-number answer for every number of a step, and bounds for the rounded answers.
 *
 * <p>docs/error-analysis.md has the derivation.
 */
@NullMarked
package dev.alig.conformance.bounds;

import org.jspecify.annotations.NullMarked;
