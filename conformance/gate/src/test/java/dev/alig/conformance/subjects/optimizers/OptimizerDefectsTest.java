package dev.alig.conformance.subjects.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Verdict;
import dev.alig.experiments.optimizers.DefectiveMoments;
import dev.alig.experiments.optimizers.DefectiveSteps;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in an optimizer of the table is found; the same code without the mistake agrees. */
class OptimizerDefectsTest {
  private static final String SOUND = "NOTHING";
  private static final int CASES = 24;

  /** A mistake in one optimizer. */
  record Defect(String optimizer, String mistake) {
    FlatOptimizer make(Format format, int size, double[] settings) {
      return switch (optimizer) {
        case "adam", "amsgrad", "adamw", "yogi" ->
            new DefectiveMoments(
                format, size, optimizer, settings, DefectiveMoments.Mistake.valueOf(mistake));
        default ->
            new DefectiveSteps(
                format, size, optimizer, settings, DefectiveSteps.Mistake.valueOf(mistake));
      };
    }
  }

  private static Stream<Defect> of(String optimizer, String mistakes) {
    return Arrays.stream(mistakes.split(" ")).map(mistake -> new Defect(optimizer, mistake));
  }

  static List<Defect> defects() {
    return Stream.of(
            of("sgd", "ROUNDED_TWICE BUFFER_DAMPENED BUFFER_OF_RATES DECAY_MISSING"),
            of("sgd", "FIRST_BUFFER_SUMMED"),
            of("nesterov", "ROUNDED_TWICE LOOK_AHEAD_MISSING BUFFER_OF_RATES DECAY_MISSING"),
            of("adam", "MEAN_UNCORRECTED SQUARES_UNCORRECTED CORRECTED_FROM_STEP_ZERO"),
            of("adam", "EPS_INSIDE_ROOT EPS_CORRECTED_TOO EPS_MISSING DECAY_DECOUPLED"),
            of("adam", "BETAS_SWAPPED SQUARES_OF_MEAN DECAY_MISSING"),
            of("amsgrad", "LARGEST_OF_ANOTHER LARGEST_FORGOTTEN LARGEST_OF_CORRECTED"),
            of("adamw", "DECAY_COUPLED DECAY_WITHOUT_RATE DECAY_MISSING EPS_CORRECTED_TOO"),
            of("adamw", "MEAN_UNCORRECTED SQUARES_UNCORRECTED EPS_INSIDE_ROOT"),
            of("yogi", "SIGN_TURNED SIGN_OF_GRADIENT DECAY_MISSING EPS_INSIDE_ROOT"),
            of("adagrad", "EPS_INSIDE_ROOT DECAY_MISSING SQUARES_OF_UNDECAYED"),
            of("rmsprop", "EPS_INSIDE_ROOT DECAY_MISSING SQUARES_SUMMED SQUARES_OF_UNDECAYED"),
            of("bpgrad", "NORM_SQUARED LOSS_WITHOUT_DECAY DECAY_MISSING"),
            of("dfw", "NOT_CLIPPED_ABOVE NOT_CLIPPED_BELOW DUAL_WITHOUT_DECAY DUAL_WITHOUT_RATE"),
            of("dfw", "MOMENTUM_WITHOUT_DECAY MOMENTUM_BEFORE"),
            of("l4adam", "EPS_INSIDE_ROOT LOWEST_IS_LAST ALONG_GRADIENT DECAY_MISSING"),
            of("l4mom", "LOWEST_NEVER_FORGETS LOWEST_FORGETS_FIRST LOWEST_WITHOUT_FACTOR"),
            of("l4mom", "LOWEST_STARTS_WHOLE LOWEST_WITHOUT_MINIMUM DIRECTION_UNCORRECTED"))
        .flatMap(defects -> defects)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aMistakeIsFound(Defect defect) {
    assertThat(verdicts(defect).anyMatch(Verdict.Differs.class::isInstance)).isTrue();
  }

  static List<Defect> sound() {
    return TableOptimizer.all().stream().map(o -> new Defect(o.original(), SOUND)).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void withoutTheMistakeTheSameCodeAgrees(Defect defect) {
    assertThat(verdicts(defect)).allMatch(Verdict.Agrees.class::isInstance);
  }

  private static Stream<Verdict> verdicts(Defect defect) {
    TableOptimizer optimizer = Originals.named(defect.optimizer());
    return Originals.judge(optimizer, optimizer.with(defect::make), CASES);
  }
}
