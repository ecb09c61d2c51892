/**
 * Optimizers with one defect each, and the run that asks whether the suite finds them.
 *
 * <p>{@link PlainRun} and the bundled Python optimizer are the sound ones, which must not be
 * caught; a defect replaces one of their operations. What the suite lets pass, it does not check.
 */
@NullMarked
package dev.alig.conformance.defects;

import org.jspecify.annotations.NullMarked;
