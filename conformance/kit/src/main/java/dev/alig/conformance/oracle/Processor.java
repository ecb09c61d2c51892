package dev.alig.conformance.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The facts about a processor on which the bits that libraries compute depend.
 *
 * @param architecture such as {@code x86_64}
 * @param model the system's name for it; empty if the system does not say
 * @param features its features, in Linux's words; empty if the system does not say
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Processor(String architecture, String model, Set<String> features) {
  private static final Processor HERE = look();

  /** Copies the set. */
  public Processor {
    features = Set.copyOf(features);
  }

  /** The processor of this machine. */
  public static Processor here() {
    return HERE;
  }

  private static Processor look() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    try {
      return of(architecture, Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8));
    } catch (IOException notLinux) {
      String model = Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("");
      return new Processor(architecture, model, Set.of());
    }
  }

  /** The first processor in Linux's {@code /proc/cpuinfo}. */
  public static Processor of(String architecture, String cpuinfo) {
    Map<String, String> facts = new TreeMap<>();
    cpuinfo
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> facts.putIfAbsent(parts[0].strip(), parts[1].strip()));
    String[] flags = facts.getOrDefault("flags", "").split(" ");
    return new Processor(architecture, facts.getOrDefault("model name", ""), Set.of(flags));
  }

  /** Whether it is an x86 processor with AVX2. */
  public boolean hasAvx2() {
    return architecture.equals("x86_64") && features.contains("avx2");
  }

  /** Architecture and model. */
  public String describe() {
    return model.isEmpty() ? architecture : architecture + ", " + model;
  }

  /** The maker that a processor's description names; empty if it names no known maker. */
  public static Optional<String> maker(String description) {
    Stream<String> words = Arrays.stream(description.toLowerCase(Locale.ROOT).split("\\W+"));
    return words.filter(Set.of("intel", "amd")::contains).findFirst();
  }
}
