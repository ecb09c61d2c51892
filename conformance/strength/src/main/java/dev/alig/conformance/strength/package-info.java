/**
 * Optimizers with one defect each, and the hunt that checks whether the suite catches them.
 *
 * <p>{@link PlainRun} and the bundled Python optimizer are sound, and the suite must not catch
 * them. A defect replaces one of their operations. If a defect survives, the suite does not check
 * what it changes.
 *
 * <p>Tables list the defects in Java. A row names a defect, says what is wrong, and changes a run
 * {@code a} of ALI-G: {@code a.plusEps} is the operation that the run uses, {@code a.plusEps(sum)}
 * calls the sound one.
 */
@NullMarked
package dev.alig.conformance.strength;

import org.jspecify.annotations.NullMarked;
