package dev.alig.conformance.cli;

import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The worker processes of a run. They share its blocks: each takes the next one. If a worker
 * crashes, its results are kept, and the others go on.
 *
 * @param listener takes their events, and a last one if all have finished
 * @param silence see {@link WorkerProcess}
 * @param first see {@link WorkerCommand}
 */
record Workers(Consumer<Event> listener, Duration silence, List<Path> first) {
  private static final long POLL_MILLIS = 100;

  /** How many tries take about as long as the start of a worker, which is some seconds. */
  private static final long WORTH_A_WORKER = 500;

  Workers {
    first = List.copyOf(first);
  }

  /**
   * How many workers use this machine well: one per processor, unless the cases are so few that a
   * further worker would take longer to start than it saves.
   *
   * @param tries how many tries each property has
   */
  static int fitting(List<Block> blocks, int tries) {
    long all = blocks.stream().mapToLong(block -> block.tries(tries)).sum();
    long worthwhile = 1 + all / WORTH_A_WORKER;
    long processors = Math.min(blocks.size(), Runtime.getRuntime().availableProcessors());
    return Math.toIntExact(Math.min(worthwhile, processors));
  }

  /**
   * Runs the blocks to their end by workers of the given numbers; returns why that failed, or
   * empty.
   */
  Optional<String> run(
      ConformanceSettings settings,
      List<Block> blocks,
      Optional<PythonEnvironment> python,
      IntStream numbers)
      throws IOException {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (int n : numbers.toArray()) {
        WorkerCommand command = new WorkerCommand(settings, blocks, python, n, first);
        workers.add(new WorkerProcess(command, silence, this::hear));
      }
      await(workers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the run was interrupted");
    } finally {
      workers.forEach(WorkerProcess::kill);
    }
    List<String> failures = workers.stream().flatMap(w -> w.failure().stream()).toList();
    if (failures.isEmpty()) {
      listener.accept(new Event.Finished());
      return Optional.empty();
    }
    return Optional.of(String.join(System.lineSeparator(), failures));
  }

  private static void await(List<WorkerProcess> workers) throws IOException, InterruptedException {
    List<WorkerProcess> running = new ArrayList<>(workers);
    while (!running.isEmpty()) {
      Thread.sleep(POLL_MILLIS);
      for (WorkerProcess worker : List.copyOf(running)) {
        if (!worker.isRunning()) {
          running.remove(worker);
        }
      }
    }
  }

  /** The run goes on when one worker has finished. */
  private void hear(Event event) {
    if (!(event instanceof Event.Finished)) {
      listener.accept(event);
    }
  }
}
