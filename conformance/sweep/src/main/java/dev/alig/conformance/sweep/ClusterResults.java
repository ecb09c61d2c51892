package dev.alig.conformance.sweep;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.alig.conformance.cli.BlockRun;
import dev.alig.conformance.cli.BlockShare;
import dev.alig.conformance.cli.ShareWorker;
import dev.alig.conformance.cluster.DriverProtocol;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.run.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the tasks of a run left in its report folder: the folders of workers, as after a run on one
 * machine. The number of a worker is the place of its first block.
 */
final class ClusterResults {
  private final BlockRun run;
  private final Path out;
  private final Map<String, Long> wanted;
  private final Set<String> failures = new LinkedHashSet<>();

  ClusterResults(BlockRun run) {
    this.run = run;
    this.out = run.settings().out();
    this.wanted = run.blocks().stream().collect(groupingBy(Block::subject, counting()));
  }

  /** Notes why the run cannot be completed. */
  void fail(String why) {
    failures.add(why);
  }

  /** Shows what a share found, and notes why it could not run, if so. */
  void take(BlockShare share, String outcome, String detail) throws IOException {
    String blocks = share.blocks().get(0) + " and what goes with it";
    if (outcome.equals(DriverProtocol.FAILED)) {
      fail("Spark could not run %s: %s".formatted(blocks, detail));
    } else if (!detail.startsWith("0 ")) {
      String[] words = detail.split(" ", 2);
      Path log = DriverProtocol.log(out, Integer.toString(share.number()));
      fail(
          "the process on %s that was to run blocks ended with status %s: %s"
              .formatted(words[1], words[0], Child.tail(log)));
    }
    for (int worker = share.number(); worker < share.number() + share.blocks().size(); worker++) {
      events(worker).forEach(run.progress());
    }
  }

  /**
   * Hands the events of all blocks to the report, in the order of the blocks, whatever order they
   * came in.
   *
   * @return why the run could not be completed; empty if it was
   */
  Optional<String> merge() throws IOException {
    List<Event> all = new ArrayList<>();
    for (int worker : IntStream.rangeClosed(1, run.blocks().size()).toArray()) {
      all.addAll(events(worker));
      Path failure = ShareWorker.failure(out, worker);
      if (Files.exists(failure)) {
        fail(Files.readString(failure));
      }
    }
    all.forEach(run.report());
    if (failures.isEmpty()) {
      check(all);
    }
    if (failures.isEmpty()) {
      run.report().accept(new Event.Finished());
      return Optional.empty();
    }
    return Optional.of(String.join(System.lineSeparator(), failures));
  }

  /** The events of a worker up to its end; none if there is no such worker. */
  private List<Event> events(int worker) throws IOException {
    Path journal = Journal.in(Folders.workers(out).resolve(Integer.toString(worker)));
    if (!Files.exists(journal)) {
      return List.of();
    }
    String text = Files.readString(journal);
    // A worker that died may have left a part of a line.
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(Journal::read)
        .filter(event -> !(event instanceof Event.Finished))
        .map(this::counted)
        .toList();
  }

  /** A worker counts only the blocks of its share. */
  private Event counted(Event event) {
    return event instanceof Event.SubjectStarted s
        ? new Event.SubjectStarted(
            s.name(),
            s.version(),
            s.digest(),
            s.jars(),
            Math.toIntExact(wanted.getOrDefault(s.name(), 0L)))
        : event;
  }

  /** Each block is there once: it has a seed of its own, and an end. */
  private void check(List<Event> all) {
    Map<String, String> code = new HashMap<>();
    Map<String, List<String>> begun = new HashMap<>();
    Map<String, Long> ended = new HashMap<>();
    for (Event event : all) {
      if (event instanceof Event.SubjectStarted s
          && !code.computeIfAbsent(s.name(), name -> s.digest()).equals(s.digest())) {
        fail("the machines of the cluster have different code of " + s.name());
      } else if (event instanceof Event.PropertyStarted s) {
        begun
            .computeIfAbsent(place(s.subject(), s.property()), any -> new ArrayList<>())
            .add(s.seed());
      } else if (event instanceof Event.PropertyEnded e) {
        ended.merge(place(e.subject(), e.property()), 1L, Long::sum);
      }
    }
    run.blocks().stream()
        .collect(groupingBy(block -> place(block.subject(), block.property()), counting()))
        .forEach((place, blocks) -> check(place, blocks, begun, ended));
  }

  private void check(
      String place, long blocks, Map<String, List<String>> begun, Map<String, Long> ended) {
    List<String> seeds = begun.getOrDefault(place, List.of());
    long different = new HashSet<>(seeds).size();
    if (different < blocks || ended.getOrDefault(place, 0L) < blocks) {
      fail("the cluster lost a block of %s: %d of %d came".formatted(place, different, blocks));
    } else if (seeds.size() > blocks) {
      fail("the cluster ran a block of %s twice".formatted(place));
    }
  }

  private static String place(String subject, String property) {
    return subject + ":" + property;
  }
}
