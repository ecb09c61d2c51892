/**
 * {@code ci/compare} trains one network with ALI-G and with Deeplearning4j's own optimizers, and
 * compares them; {@code ci/plot-steps} draws the log of a training.
 */
@NullMarked
package dev.alig.experiments.compare;

import org.jspecify.annotations.NullMarked;
