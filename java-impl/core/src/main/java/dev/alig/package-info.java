/**
 * ALI-G without a framework: its settings, its step rule and its feasible set.
 *
 * <p>ALI-G (Adaptive Learning-rates for Interpolation with Gradients) takes the step η = min(loss /
 * (‖g‖² + eps), maxLearningRate), where the cap is its one hyperparameter. Source: L. Berrada, A.
 * Zisserman, M. P. Kumar, "Training Neural Networks for and by Interpolation", ICML 2020,
 * arXiv:1906.05661.
 *
 * <p>Types that say "beyond the original" extend the authors' optimizer and are off by default.
 */
@NullMarked
package dev.alig;

import org.jspecify.annotations.NullMarked;
