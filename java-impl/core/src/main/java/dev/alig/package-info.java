/**
 * ALI-G's settings, step rule and feasible set, independent of any framework.
 *
 * <p>ALI-G (Adaptive Learning-rates for Interpolation with Gradients) uses the step size η =
 * min(loss / (‖g‖² + eps), maxLearningRate). The cap maxLearningRate is the only hyperparameter to
 * tune. Source: L. Berrada, A. Zisserman, M. P. Kumar, "Training Neural Networks for and by
 * Interpolation", ICML 2020, arXiv:1906.05661.
 *
 * <p>Extensions of the authors' optimizer are marked as such, and are off by default.
 */
@NullMarked
package dev.alig;

import org.jspecify.annotations.NullMarked;
