package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.SameBits;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.oracle.Processor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The environment variables under which the shipped traces of {@code alig.th} were recorded.
 *
 * <p>They choose the instructions of torch's kernels, of MKL and of oneDNN. With them every x86
 * processor with AVX2 computes the same bits. Square roots are the exception: in MKL they depend on
 * the processor's maker ({@code docs/upstream-notes.md}).
 */
@API(status = INTERNAL, since = "0.1")
public record PinnedSettings(Map<String, String> variables) {
  /** Copies the map. */
  public PinnedSettings {
    variables = Map.copyOf(variables);
  }

  /** The settings of the shipped traces. */
  public static PinnedSettings shipped() {
    return of(TraceFile.shippedFrom().settings());
  }

  /** Parses settings as a trace file has them: {@code NAME=VALUE}, separated by spaces. */
  static PinnedSettings of(String text) {
    Map<String, String> variables = new TreeMap<>();
    Arrays.stream(text.split(" "))
        .map(setting -> setting.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> variables.put(parts[0], parts[1]));
    return new PinnedSettings(variables);
  }

  /**
   * Sets them in a process's environment, unless the user set one of them, or the processor lacks
   * AVX2.
   */
  public void into(Map<String, String> environment, Processor processor) {
    boolean chosen = variables.keySet().stream().anyMatch(environment::containsKey);
    if (!chosen && processor.hasAvx2()) {
      environment.putAll(variables);
    }
  }

  /** The bits of recorded traces that this torch must repeat. */
  public static SameBits sameBits(OracleFacts here, Provenance recorded) {
    boolean pinned = !recorded.settings().isEmpty() && here.settings().equals(recorded.settings());
    boolean torch = release(recorded.library()).equals(release("torch " + here.torch()));
    if (!pinned || !torch || !here.device().equals(Device.CPU.word())) {
      return SameBits.UPDATES;
    }
    boolean maker =
        Processor.maker(recorded.cpu())
            .filter(name -> Processor.maker(here.processor()).filter(name::equals).isPresent())
            .isPresent();
    return maker ? SameBits.ALL : SameBits.ALL_BUT_PROJECTIONS;
  }

  /** A version without its build suffix, such as {@code +cpu}. */
  private static String release(String library) {
    return library.replaceFirst("\\+.*", "");
  }
}
