package dev.alig.conformance.oracle;

import org.apiguardian.api.API;

/**
 * Checks that numbers reach Python and come back unchanged.
 *
 * <p>Each method draws from a seed and returns how many numbers it compared. Each throws an {@link
 * OracleException} that names the first number that changed.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Bridge {
  /** Sends arrays of every format, shape, stride and offset to Python and back. */
  long carriesEveryBit(long seed);

  /** Checks that Python's views and Java's buffers share memory. */
  long sharesMemory(long seed);

  /** Asks on several threads at once: each must get the answer to its own question. */
  long servesEveryThread(long seed);

  /** Sends cases without steps; their parameters must come back unchanged. */
  long returnsCases(long seed);
}
