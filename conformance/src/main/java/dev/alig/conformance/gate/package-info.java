/**
 * One run of the gate: its settings, its oracle, and what it found.
 *
 * <p>Results are appended to a journal as they come, so that nothing is lost when the process dies.
 */
@NullMarked
package dev.alig.conformance.gate;

import org.jspecify.annotations.NullMarked;
