/**
 * The experiments of the paper. {@code ci/experiment} runs a row of one, can stop and resume it,
 * and tabulates the results.
 *
 * <p>An {@link dev.alig.experiments.Experiment} defines its rows and prepares a {@link
 * dev.alig.experiments.Training}; the runner knows nothing else about it.
 */
@NullMarked
package dev.alig.experiments;

import org.jspecify.annotations.NullMarked;
