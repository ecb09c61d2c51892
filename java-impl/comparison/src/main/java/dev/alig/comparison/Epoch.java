package dev.alig.comparison;

/**
 * What was reached after an epoch.
 *
 * @param loss the mean cross-entropy over the training images
 * @param accuracy the share of test images that are classified rightly
 * @param seconds what its steps took, without measuring loss and accuracy
 */
record Epoch(double loss, double accuracy, double seconds) {}
