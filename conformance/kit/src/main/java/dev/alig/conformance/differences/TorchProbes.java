package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.oracle.PythonPackage;
import org.apiguardian.api.API;

/** Probes of the packages that an oracle can load. */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TorchProbes(PythonPackage oracle) implements Probes {
  @Override
  public boolean oracleIsOriginal() {
    return ask("lineage", Of.ORACLE).path("original").booleanValue();
  }

  /**
   * Whether the oracle is {@code alig.th}: the authors', the bundled one, or one derived from it.
   */
  public boolean oracleIsAliGTh() {
    return oracleIsOriginal() || ask("lineage", Of.ORACLE).path("bundled").booleanValue();
  }

  @Override
  public JsonNode ask(String probe, Of which) {
    return oracle.probe(probe, which == Of.BUNDLED);
  }
}
