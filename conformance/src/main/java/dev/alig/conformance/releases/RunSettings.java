package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a result follows from, the release aside: results of equal settings need not be asked again.
 *
 * @param seed what the cases follow from
 * @param tries how many cases each property draws
 * @param subjects the optimizers, by name
 * @param only the requirements; all where empty
 * @param oracle {@code bundled}, or the folder of an {@code alig} package
 * @param oracleCode a digest of that folder's files; empty for the bundled package
 * @param code a digest of our code, Java and Python
 * @param host processor, operating system, JDK and interpreter
 */
public record RunSettings(
    long seed,
    int tries,
    List<String> subjects,
    List<String> only,
    String oracle,
    @JsonProperty("oracle_code") String oracleCode,
    String code,
    String host) {
  /** Copies the lists. */
  public RunSettings {
    subjects = List.copyOf(subjects);
    only = List.copyOf(only);
  }

  /** A short name of all of it. */
  public String digest() {
    return shortened(toString());
  }

  /** A short name of a text. */
  public static String shortened(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
