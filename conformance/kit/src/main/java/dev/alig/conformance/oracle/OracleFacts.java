package dev.alig.conformance.oracle;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Facts about the oracle of a run; the fields about torch are empty for the other oracles.
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
 * @param processor the processor that computes
 * @param settings the environment variables that choose the processor's instructions
 * @param fused whether torch's kernels fuse a product with the sum that follows; if not, a subject
 *     that fuses cannot match them bit for bit
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@API(status = API.Status.INTERNAL, since = "0.1")
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
    String processor,
    String settings,
    boolean fused) {
  /** Fields that an older report lacks become empty. */
  public OracleFacts {
    processor = Objects.requireNonNullElse(processor, "");
    settings = Objects.requireNonNullElse(settings, "");
  }

  /** The facts if the oracle was never reached. */
  public static final OracleFacts UNKNOWN = withoutPython("unknown");

  /** The processor, and what chose its instructions. */
  public String computing() {
    return Stream.of(processor, cpuCapability, settings)
        .filter(text -> !text.isEmpty())
        .collect(joining("; "));
  }

  /** The facts of an oracle that needs no Python, if the subject runs in this torch. */
  public OracleFacts beside(String oracle) {
    return new OracleFacts(
        oracle,
        "",
        torch,
        numpy,
        python,
        device,
        threads,
        oneDnn,
        cpuCapability,
        processor,
        settings,
        fused);
  }

  /** The facts of an oracle that needs no Python. */
  public static OracleFacts withoutPython(String kind) {
    String processor = Processor.here().describe();
    return new OracleFacts(kind, "", "", "", "", "cpu", 1, false, "", processor, "", true);
  }
}
