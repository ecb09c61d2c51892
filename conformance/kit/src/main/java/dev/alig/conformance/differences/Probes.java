package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import org.apiguardian.api.API;

/** Questions to Python packages that no case can ask; {@code alig_oracle/probes.py} has them. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Probes {
  /** Which package to ask. */
  enum Of {
    /** The one that plays the oracle. */
    ORACLE,
    /** The bundled one. */
    BUNDLED
  }

  /** Whether the oracle is the authors' package, or a descendant of it. */
  boolean oracleIsOriginal();

  /** The facts that a probe finds in a package. */
  JsonNode ask(String probe, Of which);
}
