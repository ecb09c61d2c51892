package dev.alig.experiments.images;

/**
 * A batch of images for training or evaluation.
 *
 * @param pixels image by image, channel by channel, row by row
 * @param labels one per image
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
record Batch(float[] pixels, int[] labels) {}
