package dev.alig.conformance.cli;

import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The worker processes of a run, which share its tasks: each takes the next one that is left. Where
 * one crashes, the others go on, and what it had found is kept.
 */
final class Workers {
  private static final long POLL_MILLIS = 100;

  private final Consumer<Event> listener;
  private final Duration silence;
  private final List<Path> first;

  /**
   * Workers yet to be started.
   *
   * @param listener hears what they report, and at the end that all have finished
   * @param silence see {@link WorkerProcess}
   * @param first see {@link WorkerCommand}
   */
  Workers(Consumer<Event> listener, Duration silence, List<Path> first) {
    this.listener = listener;
    this.silence = silence;
    this.first = List.copyOf(first);
  }

  /** How many workers use this machine well, if each has a suite to run. */
  static int fitting(List<Task> tasks) {
    long suites = tasks.stream().filter(task -> task.what() == Task.What.SUBJECT).count();
    return (int) Math.min(suites, Runtime.getRuntime().availableProcessors());
  }

  /** Runs the tasks to their end; returns why that failed, or empty. */
  Optional<String> run(
      GateSettings settings, List<Task> tasks, Optional<PythonEnvironment> python, int number)
      throws IOException {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (int n = 1; n <= number; n++) {
        WorkerCommand command = new WorkerCommand(settings, tasks, python, n, first);
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

  /** One worker that has no more to do does not end the run. */
  private void hear(Event event) {
    if (!(event instanceof Event.Finished)) {
      listener.accept(event);
    }
  }
}
