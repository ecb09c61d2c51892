package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.python.EnvironmentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Switches such as {@code -Dpython.cache=DIR}, which messages about the Python environment name. A
 * command takes them as Maven does.
 */
@API(status = INTERNAL, since = "0.1")
public final class PythonProperties {
  private static final List<String> NAMES = EnvironmentRequest.SWITCHES;

  private final Map<String, String> refused;
  private final Map<String, String> chosen = new TreeMap<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** For a command that takes all of them. */
  public PythonProperties() {
    this(Map.of());
  }

  /**
   * For a command that refuses some of them.
   *
   * @param refused the refused ones, each with what to do instead
   */
  public PythonProperties(Map<String, String> refused) {
    this.refused = Map.copyOf(refused);
  }

  /** Takes known properties, and refuses others. */
  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description =
          "As for Maven: python, python.env (an environment to use), python.cache (the folder of"
              + " the environments), python.torch-backend (such as cpu) or torch.version.")
  void set(Map<String, String> given) {
    for (Map.Entry<String, String> property : new TreeMap<>(given).entrySet()) {
      String name = property.getKey();
      if (!NAMES.contains(name)) {
        throw refusal(
            "-D%s: there are %s; --help lists the other switches".formatted(name, known()));
      }
      if (refused.containsKey(name)) {
        throw refusal("-D%s: %s".formatted(name, refused.get(name)));
      }
      chosen.put(name, property.getValue());
    }
  }

  /** Sets the properties that were given. */
  public void apply() {
    chosen.forEach(System::setProperty);
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(NAMES);
    known.removeAll(refused.keySet());
    return known.stream().map(name -> "-D" + name).toList();
  }

  private ParameterException refusal(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
