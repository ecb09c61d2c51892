package dev.alig.benchmark.bridge;

import dev.alig.benchmark.race.Pace;
import dev.alig.benchmark.race.Turns;
import dev.alig.benchmark.race.Twin;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.python.PythonEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The oracle in this process, and its like over pipes. */
final class Bridge implements AutoCloseable {
  private final TorchOracle torch;
  private final TorchOracle still;
  private final Twin twin;
  private final OverPipes pipes;
  private final int torchOverPipes;
  private final int stillOverPipes;

  Bridge(PythonEnvironment environment) {
    Path file = environment.sources().resolve("alig_oracle").resolve("still.py");
    torch = TorchOracle.open(environment, Optional.empty());
    still = TorchOracle.open(environment, file, AliG.TORCH);
    twin = new Twin(environment.python(), environment.sources());
    pipes = new OverPipes(twin);
    torchOverPipes = pipes.configure(Optional.empty());
    stillOverPipes = pipes.configure(Optional.of(file.toString()));
  }

  /**
   * Times everything.
   *
   * @param casesEach cases of each requirement that are compared
   */
  BridgeResult measure(List<Integer> sizes, Pace pace, int casesEach) {
    List<Crossing> crossings = new ArrayList<>();
    for (int elements : sizes) {
      crossings.add(crossing(elements, pace));
    }
    List<Double> compared = new ComparedSteps(torch, casesEach).measure(pace.rounds());
    return new BridgeResult(Runtime.version().feature(), crossings, compared);
  }

  private Crossing crossing(int elements, Pace pace) {
    Scripted scripted = OneStep.of(elements);
    try (Turns turns = new Turns(pace)) {
      turns.add(() -> torch.runAll(List.of()));
      turns.add(() -> still.run(scripted));
      turns.add(() -> torch.run(scripted));
      turns.add(() -> pipes.callOnly(torchOverPipes));
      turns.add(() -> pipes.run(stillOverPipes, scripted));
      turns.add(() -> pipes.run(torchOverPipes, scripted));
      List<List<Double>> micros = turns.run();
      return new Crossing(
          elements,
          new Split(micros.get(0), micros.get(1), micros.get(2)),
          new Split(micros.get(3), micros.get(4), micros.get(5)));
    }
  }

  /** What a case gives by one way and by the other, for a test that both do the same. */
  double[] parametersInProcess(Scripted scripted) {
    return torch.run(scripted).steps().get(0).after().parameters().get(0).get(0).toArray();
  }

  /** See {@link #parametersInProcess}. */
  double[] statesOverPipes(Scripted scripted) {
    return pipes.run(torchOverPipes, scripted);
  }

  @Override
  public void close() {
    twin.close();
  }
}
