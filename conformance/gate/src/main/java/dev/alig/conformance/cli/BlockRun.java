package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * The blocks of a run, for processes here or elsewhere.
 *
 * @param settings what the run is to do
 * @param blocks all blocks, in the order of the report
 * @param needsPython whether the oracle or a subject runs in Python
 * @param silence the silence after which a process counts as hung
 * @param first jars that come before those of this process
 * @param report takes the events for the report
 * @param progress takes the events to be shown at once
 */
@API(status = INTERNAL, since = "0.1")
public record BlockRun(
    ConformanceSettings settings,
    List<Block> blocks,
    boolean needsPython,
    Duration silence,
    List<Path> first,
    Consumer<Event> report,
    Consumer<Event> progress) {
  /** Copies the lists. */
  public BlockRun {
    blocks = List.copyOf(blocks);
    first = List.copyOf(first);
  }

  /** The blocks in shares; see {@link BlockShare#of}. */
  public List<BlockShare> shares() {
    return BlockShare.of(blocks, settings.tries(), needsPython);
  }

  /**
   * The arguments of {@code java} that run a share.
   *
   * @param folder the folder that gets the results
   * @param classPath that of the process
   */
  public List<String> arguments(BlockShare share, String folder, String classPath) {
    List<String> arguments = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
    arguments.addAll(WorkerCommand.switches(absolute(settings)));
    // The last of equal switches counts.
    arguments.add("-Dconformance.out=" + folder);
    arguments.add("-Dconformance.timeout=" + silence.toSeconds());
    arguments.add("-D%s=%s".formatted(ShareWorker.REPORT, settings.out()));
    arguments.add("-D%s=%s".formatted(ShareWorker.KIT, ShareWorker.kit()));
    List<String> path = new ArrayList<>(first.stream().map(BlockRun::absolute).toList());
    path.add(classPath);
    arguments.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
    arguments.addAll(List.of(ShareWorker.class.getName(), Integer.toString(share.number())));
    share.blocks().forEach(block -> arguments.add(block.toString()));
    return arguments;
  }

  /** The same settings for a process that may run in any folder. */
  private static ConformanceSettings absolute(ConformanceSettings settings) {
    return new ConformanceSettings(
        settings.original().isEmpty() ? settings.oracle() : absolute(Path.of(settings.oracle())),
        settings.traces().stream().map(Path::toAbsolutePath).toList(),
        settings.tries(),
        settings.seed(),
        settings.only(),
        settings.out());
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
