package dev.alig.conformance;

import org.apiguardian.api.API;

/**
 * How much of a recorded trace an implementation must repeat to the bit; the rest must be legal.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum SameBits {
  /** Parameters and buffers, given the recorded step sizes, before the projection. */
  UPDATES,

  /** The step sizes as well: same library, same instructions. */
  ALL_BUT_PROJECTIONS,

  /** Also the projections, which take a square root: the processor has the same maker. */
  ALL
}
