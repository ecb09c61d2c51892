/**
 * One run: its settings, its oracle, and its results.
 *
 * <p>Each result goes to the journal at once, so nothing is lost when the process dies.
 */
@NullMarked
package dev.alig.conformance.run;

import org.jspecify.annotations.NullMarked;
