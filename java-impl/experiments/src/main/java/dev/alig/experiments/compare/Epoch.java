package dev.alig.experiments.compare;

/**
 * The results after an epoch.
 *
 * @param loss the mean cross-entropy over the training images
 * @param accuracy the share of test images that are classified correctly
 * @param seconds the time of its steps, without the measuring of loss and accuracy
 */
record Epoch(double loss, double accuracy, double seconds) {}
