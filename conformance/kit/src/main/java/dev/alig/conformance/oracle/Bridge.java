package dev.alig.conformance.oracle;

import org.apiguardian.api.API;

/**
 * The check of the way to Python and back. Each method draws from a seed and returns how many
 * numbers it compared.
 *
 * <p>All of them throw {@link OracleException}, which names the first number that changed.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Bridge {
  /** Sends arrays of every format, shape, stride and offset to Python and back. */
  long carriesEveryBit(long seed);

  /** Checks that Python's views and Java's buffers are one memory. */
  long sharesMemory(long seed);

  /** Asks on several threads at once: each must get the answer to its own question. */
  long servesEveryThread(long seed);

  /** Sends cases without steps, whose parameters must come back as they are. */
  long returnsCases(long seed);
}
