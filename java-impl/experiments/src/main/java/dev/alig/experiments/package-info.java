/**
 * The experiments of the paper: {@code ci/experiment} runs a row of one, stops and goes on with it,
 * and tabulates what came out.
 *
 * <p>An {@link dev.alig.experiments.Experiment} says what its rows are and prepares a {@link
 * dev.alig.experiments.Training}; the runner knows nothing else about it.
 */
@NullMarked
package dev.alig.experiments;

import org.jspecify.annotations.NullMarked;
