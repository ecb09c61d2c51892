package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.cli.BlockRun;
import dev.alig.conformance.cli.BlockShare;
import dev.alig.conformance.cli.ShareWorker;
import dev.alig.conformance.cluster.DriverProtocol;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.run.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of two shares with six blocks each, made up. */
class ClusterResultsTest {
  private static final int HALF = 6;
  private static final List<Requirement> CAP = List.of(Requirement.CAP);

  @TempDir private Path out;

  private final List<Event> report = new ArrayList<>();
  private final List<Event> progress = new ArrayList<>();

  private BlockRun run() {
    List<Block> blocks =
        IntStream.range(0, 2 * HALF)
            .mapToObj(i -> new Block("nd4j", i < HALF ? "first" : "second", i % HALF))
            .toList();
    ConformanceSettings settings =
        new ConformanceSettings("exact", List.of(), HALF * Block.SIZE, 1, Set.of(), out);
    return new BlockRun(
        settings, blocks, false, Duration.ofSeconds(1), List.of(), report::add, progress::add);
  }

  /** The events of a block, whose seed is its place. */
  private List<Event> events(int place) {
    String property = place < HALF ? "first" : "second";
    String seed = Integer.toString(place);
    return List.of(
        new Event.PropertyStarted("nd4j", property, CAP, seed),
        new Event.PropertyEnded(
            "nd4j", property, CAP, Event.Outcome.AGREES, place, 1, 1, Worst.NONE, "", 1));
  }

  private Path journal(int worker) throws IOException {
    Path file = Journal.in(Folders.workers(out).resolve(Integer.toString(worker)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    return file;
  }

  /** A worker with some blocks. */
  private void worker(int number, int... places) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int place : places) {
      for (Event event : events(place)) {
        lines.append(new JsonMapper().writerFor(Event.class).writeValueAsString(event));
        lines.append('\n');
      }
    }
    lines.append("{\"event\":\"finished\"}\n{\"event\":\"sta");
    Files.writeString(journal(number), lines);
  }

  @BeforeEach
  void twoWorkers() throws IOException {
    worker(HALF + 1, 6, 7, 8, 9, 10, 11);
    worker(1, 0, 1, 2, 3, 4, 5);
  }

  private BlockShare second() {
    return new BlockShare(HALF + 1, false, run().blocks().subList(HALF, 2 * HALF));
  }

  @Test
  void theReportGetsTheEventsInTheOrderOfTheBlocks() throws IOException {
    worker(2, 3, 4, 5);
    worker(1, 0, 1, 2);
    worker(HALF + 1, 6, 7, 8);
    worker(10, 9, 10, 11);
    ClusterResults results = new ClusterResults(run());
    results.take(second(), DriverProtocol.ENDED, "0 host");
    assertThat(progress).hasSize(2 * HALF);
    assertThat(results.merge()).isEmpty();
    List<Event> wanted = new ArrayList<>();
    IntStream.range(0, 2 * HALF).forEach(place -> wanted.addAll(events(place)));
    wanted.add(new Event.Finished());
    assertThat(report).isEqualTo(wanted);
  }

  @Test
  void aLostBlockIsMissed() throws IOException {
    worker(1, 0, 1, 2, 4, 5);
    assertThat(new ClusterResults(run()).merge())
        .contains("the cluster lost a block of nd4j:first: 5 of 6 came");
    assertThat(report).doesNotContain(new Event.Finished());
  }

  @Test
  void aLostShareIsMissed() throws IOException {
    Files.delete(journal(HALF + 1));
    assertThat(new ClusterResults(run()).merge())
        .contains("the cluster lost a block of nd4j:second: 0 of 6 came");
  }

  @Test
  void aBlockThatRanTwiceIsNoticed() throws IOException {
    worker(2, 4);
    assertThat(new ClusterResults(run()).merge())
        .contains("the cluster ran a block of nd4j:first twice");
  }

  /** As many blocks as there should be. */
  @Test
  void aBlockInThePlaceOfAnotherIsNoticed() throws IOException {
    worker(1, 0, 1, 2, 3, 4, 4);
    assertThat(new ClusterResults(run()).merge())
        .contains("the cluster lost a block of nd4j:first: 5 of 6 came");
  }

  @Test
  void aWorkerThatDiedBreaksTheRun() throws IOException {
    Files.writeString(ShareWorker.failure(out, 1), "the worker crashed");
    assertThat(new ClusterResults(run()).merge()).contains("the worker crashed");
    assertThat(report).doesNotContain(new Event.Finished());
  }

  @Test
  void whatSeveralMachinesSayIsSaidOnce() throws IOException {
    ClusterResults results = new ClusterResults(run());
    Path log = DriverProtocol.log(out, "7");
    Files.createDirectories(log.toAbsolutePath().getParent());
    Files.writeString(log, "there is no Python\n");
    results.take(second(), DriverProtocol.ENDED, "2 host");
    results.take(second(), DriverProtocol.ENDED, "2 host");
    assertThat(results.merge())
        .contains(
            "the process on host that was to run blocks ended with status 2: there is no Python");
  }

  @Test
  void aTaskThatSparkGaveUpIsNamed() throws IOException {
    ClusterResults results = new ClusterResults(run());
    results.take(second(), DriverProtocol.FAILED, "SparkException: lost");
    assertThat(results.merge().orElse(""))
        .startsWith("Spark could not run nd4j:second:0")
        .endsWith("SparkException: lost");
  }
}
