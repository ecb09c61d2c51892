package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/** Where torch keeps the oracle's tensors and computes. */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Device {
  /** The processor. */
  CPU("cpu"),

  /** The first GPU that CUDA shows. */
  CUDA("cuda");

  private final String word;

  Device(String word) {
    this.word = word;
  }

  /** The name that users and Python use for it. */
  @JsonValue
  public String word() {
    return word;
  }

  /**
   * The device with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Device of(String word) {
    return Arrays.stream(values())
        .filter(device -> device.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the device must be one of %s, was %s".formatted(List.of(values()), word)));
  }

  @Override
  public String toString() {
    return word;
  }
}
