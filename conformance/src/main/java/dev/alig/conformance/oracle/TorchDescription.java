package dev.alig.conformance.oracle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the torch oracle consists of.
 *
 * @param kind {@code bundled} or {@code package}
 * @param digest SHA-256 of the package's Python files
 * @param torch the version of torch
 * @param numpy the version of numpy
 * @param python the version of Python
 * @param device where the tensors live
 * @param cpuCapability the instruction set that torch's kernels use
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TorchDescription(
    String kind,
    String digest,
    String torch,
    String numpy,
    String python,
    String device,
    @JsonProperty("cpu_capability") String cpuCapability) {}
