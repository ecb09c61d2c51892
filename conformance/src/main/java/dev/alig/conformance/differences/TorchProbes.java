package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.oracle.TorchOracle;

/** Probes of the packages that an oracle can load. */
public record TorchProbes(TorchOracle oracle) implements Probes {
  @Override
  public boolean oracleIsOriginal() {
    return ask("lineage", Of.ORACLE).path("original").booleanValue();
  }

  @Override
  public JsonNode ask(String probe, Of which) {
    return oracle.probe(probe, which == Of.BUNDLED);
  }
}
