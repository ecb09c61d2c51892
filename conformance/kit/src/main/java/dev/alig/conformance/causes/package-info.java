/**
 * Explains failures: which number is off first, and which change of ours would give the same
 * number.
 *
 * <p>Each number of a failing case is judged given those before it, once per change: another eps,
 * no cap, the norm added up in float32. A change explains a number if it makes the number legal,
 * within the judge's bounds.
 */
@NullMarked
package dev.alig.conformance.causes;

import org.jspecify.annotations.NullMarked;
