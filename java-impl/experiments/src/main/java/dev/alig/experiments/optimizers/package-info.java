/**
 * The optimizers of the paper's tables, on flat arrays.
 *
 * <p>Each follows its original in PyTorch operation by operation, and the gate compares them
 * (requirement OPTIMIZERS). They are here and not in a module of their own because the experiments
 * alone use them: users of ALI-G have the optimizers of their framework.
 */
@org.jspecify.annotations.NullMarked
package dev.alig.experiments.optimizers;
