package dev.alig.conformance.differences;

import org.apiguardian.api.API;

/** A subject that says whether it refuses parameters of two dtypes, which no case can ask. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface TypeChecked {
  /** Whether the optimizer refuses a float and a double parameter together. */
  boolean refusesMixedTypes();
}
