package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Threads;
import dev.alig.benchmark.probe.Probe;
import dev.alig.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.tensorflow.TensorFlow;

/**
 * What a worker is made of.
 *
 * @param jdk the feature release of the JVM
 * @param vm its name and version
 * @param threads how many each contender may use
 * @param kernels what our kernels say of themselves
 * @param probe what the probe says of itself
 * @param versions of the libraries, by name
 */
public record Facts(
    int jdk, String vm, int threads, String kernels, String probe, Map<String, String> versions) {
  private static final String VERSIONS = "/dev/alig/benchmark/versions.properties";

  /** Copies the map. */
  public Facts {
    versions = Map.copyOf(versions);
  }

  /** What this JVM is made of. */
  static Facts ofThisJvm(Map<String, String> python) {
    Map<String, String> versions = new TreeMap<>(python);
    libraries().forEach((name, version) -> versions.put((String) name, (String) version));
    versions.put("tensorflow", TensorFlow.version());
    return new Facts(
        Runtime.version().feature(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Threads.count(),
        Kernels.describe(),
        Probe.describe(),
        versions);
  }

  private static Properties libraries() {
    Properties libraries = new Properties();
    try (InputStream in = Facts.class.getResourceAsStream(VERSIONS)) {
      libraries.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return libraries;
  }
}
