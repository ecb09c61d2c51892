/**
 * The experiments on small images (CIFAR-10, CIFAR-100, SVHN and digits), from the user's files to
 * batches.
 */
@NullMarked
package dev.alig.experiments.images;

import org.jspecify.annotations.NullMarked;
