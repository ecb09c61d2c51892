package dev.alig.conformance.matrix;

import java.util.Locale;

/**
 * A GPU, as {@code nvidia-smi} lists it.
 *
 * @param uuid what {@code CUDA_VISIBLE_DEVICES} takes
 * @param name the card's name
 * @param major the first part of its compute capability
 * @param minor the second
 */
public record CudaDevice(String uuid, String name, int major, int minor) {
  /** The newest generation that ND4J's CUDA 11.6 build has machine code for. */
  static final int ND4J_MAJOR = 8;

  /** The newest compute capability within it. */
  static final int ND4J_MINOR = 6;

  /**
   * Whether ND4J's kernels run on it. Its library for CUDA 11.6 holds machine code for 3.7, 5.0,
   * 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, and no PTX that a driver could translate for others.
   * Machine code runs within its generation, from the capability that it was made for on.
   */
  boolean runsNd4j() {
    return major <= ND4J_MAJOR;
  }

  /** Why ND4J's kernels do not run on it. */
  String withoutNd4j() {
    return String.format(
        Locale.ROOT,
        "%s has compute capability %d.%d; ND4J's CUDA 11.6 build has code up to %d.%d",
        name,
        major,
        minor,
        ND4J_MAJOR,
        ND4J_MINOR);
  }
}
