package dev.alig.conformance.oracle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the oracle of a run is; fields of the torch oracle are empty for the others.
 *
 * @param kind {@code bundled}, {@code package}, {@code exact} or {@code traces}
 * @param digest SHA-256 of the oracle's code
 * @param torch the version of torch
 * @param numpy the version of numpy
 * @param python the version of Python
 * @param device where the tensors live
 * @param threads how many threads torch may use within an operation
 * @param oneDnn whether convolutions and LSTMs may use oneDNN
 * @param cpuCapability the instruction set that torch's kernels use
 * @param fused whether torch's kernels fuse a product with the sum that follows; other kernels
 *     cannot be met bit for bit
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OracleFacts(
    String kind,
    String digest,
    String torch,
    String numpy,
    String python,
    String device,
    int threads,
    @JsonProperty("onednn") boolean oneDnn,
    @JsonProperty("cpu_capability") String cpuCapability,
    boolean fused) {
  /** Where the oracle was never reached. */
  public static final OracleFacts UNKNOWN = withoutPython("unknown");

  /** The facts of an oracle that needs no Python. */
  public static OracleFacts withoutPython(String kind) {
    return new OracleFacts(kind, "", "", "", "", "cpu", 1, false, "", true);
  }
}
