package dev.alig.benchmark;

import dev.alig.kernel.Kernels;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.versioncheck.VersionInfo;
import org.tensorflow.TensorFlow;

/**
 * All races of one worker.
 *
 * @param jdk the feature release of the JVM
 * @param vm its name and version
 * @param threads how many each contender might use
 * @param kernels what our kernels say of themselves
 * @param versions of the libraries, by name
 * @param races those that have ended; grows
 * @param trainings those that have ended; grows
 */
record Run(
    int jdk,
    String vm,
    int threads,
    String kernels,
    Map<String, String> versions,
    List<RaceResult> races,
    List<TrainingRace.Result> trainings) {
  /** What ND4J's build put into its jar. */
  private static final String ND4J = "/org/eclipse/org.nd4j-nd4j-api-git.properties";

  /**
   * One in this JVM, before its first race.
   *
   * @param python the versions there, if torch takes part
   */
  static Run ofThisJvm(Map<String, String> python) throws IOException {
    Map<String, String> versions = new TreeMap<>(python);
    URI nd4j = URI.create(String.valueOf(Nd4j.class.getResource(ND4J)));
    versions.put("nd4j", new VersionInfo(nd4j).getBuildVersion());
    versions.put("tensorflow", TensorFlow.version());
    return new Run(
        Runtime.version().feature(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Worker.threads(),
        Kernels.describe(),
        versions,
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** JDK and threads, in words. */
  String title() {
    return "JDK %d, %d %s".formatted(jdk, threads, threads == 1 ? "thread" : "threads");
  }

  /** Its tables in Markdown. */
  String tables() {
    String training =
        trainings.isEmpty() ? "" : "**%s**\n\n".formatted(title()) + TrainingRace.table(trainings);
    return Tables.of(title(), races) + training + "Kernel: %s.\n".formatted(kernels);
  }
}
