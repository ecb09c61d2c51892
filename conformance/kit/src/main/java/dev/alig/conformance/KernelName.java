package dev.alig.conformance;

import org.apiguardian.api.API;

/**
 * What computes the steps of an implementation.
 *
 * @param name the kernel
 * @param vectorBits the width of its vectors; 0 if the kernel does not decide on it
 * @param threads how many threads share a step at most
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record KernelName(String name, int vectorBits, int threads) {
  /** Checks the numbers. */
  public KernelName {
    if (vectorBits < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "vectorBits must be >= 0 and threads > 0, were " + vectorBits + " and " + threads);
    }
  }

  /** Such as {@code vector, 512 bits, 3 threads}. */
  @Override
  public String toString() {
    String width = vectorBits == 0 ? "" : ", " + vectorBits + " bits";
    return name + width + (threads == 1 ? ", 1 thread" : ", up to " + threads + " threads");
  }
}
