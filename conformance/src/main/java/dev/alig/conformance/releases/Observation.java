package dev.alig.conformance.releases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What one release shows of a case or a probe.
 *
 * @param differs whether subject and oracle differ
 * @param bits a digest of the oracle's numbers
 * @param portable the same with torch's portable kernels; an empty text where that is not known
 * @param blame who is off
 * @param facts what is to say about it, line by line
 */
public record Observation(
    boolean differs, String bits, String portable, Blame blame, String facts) {
  /** Writes it as JSON. */
  public void write(Path file) throws IOException {
    new JsonMapper().writeValue(file.toFile(), this);
  }
}
