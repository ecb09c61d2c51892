package dev.alig.benchmark;

import dev.alig.benchmark.Turns.Pace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Optimizers that train the same network in the same framework, in turns: what a whole step costs,
 * with the passes forward and backward.
 *
 * @param name the framework and the network, in words
 * @param trained opens the network with an optimizer
 */
record TrainingRace(String name, Function<TrainingOptimizer, Training> trained) {
  private static final String TABLE =
      """
      | µs per step, median | ALI-G | Nesterov's momentum | Adam | ALI-G / Nesterov | ALI-G / Adam |
      | --- | ---: | ---: | ---: | ---: | ---: |
      """;

  /** Who trains a network. */
  enum TrainingOptimizer {
    /** Ours, with momentum. */
    ALI_G,
    /** The framework's momentum, with Nesterov's step. */
    NESTEROV,
    /** The framework's Adam. */
    ADAM
  }

  /** Every race. */
  static List<TrainingRace> all() {
    return List.of(
        new TrainingRace("Deeplearning4j, perceptron", Dl4jTraining::perceptron),
        new TrainingRace("Deeplearning4j, LSTM", Dl4jTraining::lstm),
        new TrainingRace("Deeplearning4j, WRN-10-1", Dl4jTraining::wideResNet),
        new TrainingRace("SameDiff, perceptron", SameDiffTraining::perceptron),
        new TrainingRace("TensorFlow-Java, perceptron", TensorFlowTraining::perceptron),
        new TrainingRace("TensorFlow-Java, LSTM", TensorFlowTraining::lstm),
        new TrainingRace("TensorFlow-Java, WRN-10-1", TensorFlowTraining::wideResNet));
  }

  /**
   * What the optimizers took.
   *
   * @param name the framework and the network, in words
   * @param micros µs per step of each optimizer, for each round
   */
  record Result(String name, Map<TrainingOptimizer, List<Double>> micros) {
    private String row() {
      Stream<String> times =
          Stream.of(TrainingOptimizer.values())
              .map(each -> Quartiles.of(samples(each)).median())
              .map(median -> String.format(Locale.ROOT, "%,.0f", median));
      Stream<String> ratios =
          Stream.of(TrainingOptimizer.NESTEROV, TrainingOptimizer.ADAM).map(this::ratio);
      return Stream.concat(times, ratios)
          .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    private String ratio(TrainingOptimizer other) {
      Quartiles ratio = Quartiles.ofRatios(samples(TrainingOptimizer.ALI_G), samples(other));
      return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.q1(), ratio.q3());
    }

    private List<Double> samples(TrainingOptimizer optimizer) {
      return Objects.requireNonNull(micros.get(optimizer));
    }
  }

  /** Runs the race. */
  Result run(Pace pace) {
    List<Training> steppers = new ArrayList<>();
    try {
      for (TrainingOptimizer optimizer : TrainingOptimizer.values()) {
        steppers.add(trained.apply(optimizer));
      }
      List<List<Double>> micros = Turns.run(steppers, pace);
      Map<TrainingOptimizer, List<Double>> named = new EnumMap<>(TrainingOptimizer.class);
      for (int i = 0; i < micros.size(); i++) {
        named.put(TrainingOptimizer.values()[i], micros.get(i));
      }
      return new Result(name, named);
    } finally {
      steppers.forEach(Stepper::close);
    }
  }

  /** Results as a table in Markdown; nothing if there are none. */
  static String table(List<Result> results) {
    return results.isEmpty()
        ? ""
        : results.stream().map(Result::row).collect(Collectors.joining("", TABLE, "\n"));
  }
}
