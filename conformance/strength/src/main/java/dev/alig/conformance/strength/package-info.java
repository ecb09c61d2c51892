/**
 * Optimizers with one defect each, and the run that asks whether the suite finds them.
 *
 * <p>{@link PlainRun} and the bundled Python optimizer are the sound ones, which must not be
 * caught; a defect replaces one of their operations. What the suite lets pass, it does not check.
 *
 * <p>The defects in Java are tables. A row names a defect, says what is wrong, and changes a run
 * {@code a} of ALI-G: {@code a.plusEps} is the operation that the run uses, {@code a.plusEps(sum)}
 * calls the sound one.
 */
@NullMarked
package dev.alig.conformance.strength;

import org.jspecify.annotations.NullMarked;
