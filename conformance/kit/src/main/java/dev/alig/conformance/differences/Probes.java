package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import org.apiguardian.api.API;

/**
 * Questions to Python packages that no case can ask; {@code alig_oracle/probes.py} defines them.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Probes {
  /** Which package to ask. */
  enum Of {
    /** The package that is the oracle. */
    ORACLE,
    /** The bundled package. */
    BUNDLED
  }

  /** Whether the oracle is the authors' package, or is derived from it. */
  boolean oracleIsOriginal();

  /** The facts that a probe finds in a package. */
  JsonNode ask(String probe, Of which);
}
