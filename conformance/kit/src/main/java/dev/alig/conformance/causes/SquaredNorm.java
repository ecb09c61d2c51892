package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Norms;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the denominator of a step may add eps to. */
enum SquaredNorm {
  OURS(""),
  IN_FLOAT("the squared norm is added up in float32"),
  IN_DOUBLE("the squared norm is added up in float64"),
  WITHOUT_LAST_GROUP("the norm lacks the last group"),
  OF_FIRST_GROUP("the norm is that of the first group"),
  WITHOUT_LAST_TENSOR("the norm lacks the last gradient"),
  MEAN("the squared norm is divided by the number of elements"),
  NOT_SQUARED("the norm is not squared"),
  SUM_OF_NORMS("the norms of the gradients are added up without squaring them"),
  SQUARED_SUM("the norms of the gradients are added up before they are squared");

  private final String words;

  SquaredNorm(String words) {
    this.words = words;
  }

  /** What is changed, in words; an empty text where nothing is. */
  String words() {
    return words;
  }

  /** The arithmetic that it is added up in, where that of the tensors is {@code dtype}'s. */
  Rounding rounding(Rounding dtype) {
    return switch (this) {
      case IN_FLOAT -> new Rounding(DType.FLOAT, false);
      case IN_DOUBLE -> new Rounding(DType.DOUBLE, false);
      default -> dtype;
    };
  }

  /** Whether only gradients are left out, whose norm is ours. */
  boolean isOfGradients() {
    return switch (this) {
      case OURS, WITHOUT_LAST_GROUP, OF_FIRST_GROUP, WITHOUT_LAST_TENSOR -> true;
      default -> false;
    };
  }

  /** The step with the gradients that count. */
  Step of(Step step) {
    int groups = step.gradients().size();
    return switch (this) {
      case WITHOUT_LAST_GROUP -> Altered.onlyGroups(step, g -> g < groups - 1);
      case OF_FIRST_GROUP -> Altered.onlyGroups(step, g -> g == 0);
      case WITHOUT_LAST_TENSOR -> Altered.withoutLastGradient(step);
      default -> step;
    };
  }

  /** The sum over the gradients that count. */
  Bounded of(Step step, Rounding dtype) {
    Rounding in = rounding(dtype);
    List<List<Bounded>> gradients = points(step, in);
    return switch (this) {
      case MEAN -> in.over(Norms.sumOfSquares(gradients, in), Bounded.of(elements(gradients)));
      case NOT_SQUARED -> Norms.norm(gradients, in);
      case SUM_OF_NORMS -> sumOfNorms(gradients, in);
      case SQUARED_SUM -> {
        Bounded norms = sumOfNorms(gradients, in);
        yield in.times(norms, norms);
      }
      default -> Norms.sumOfSquares(gradients, in);
    };
  }

  private static Bounded sumOfNorms(List<List<Bounded>> gradients, Rounding in) {
    Bounded sum = Bounded.of(0);
    for (List<Bounded> gradient : gradients) {
      sum = in.plus(sum, Norms.norm(List.of(gradient), in));
    }
    return sum;
  }

  private static double elements(List<List<Bounded>> gradients) {
    return gradients.stream().mapToInt(List::size).sum();
  }

  /** The gradients, each element converted first. */
  private static List<List<Bounded>> points(Step step, Rounding in) {
    return step.gradients().stream()
        .flatMap(List::stream)
        .flatMap(Optional::stream)
        .map(gradient -> Arrays.stream(gradient.toArray()).mapToObj(in::given).toList())
        .toList();
  }
}
