package dev.alig.nd4j.samediff;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * The right gradients of SameDiff's operations.
 *
 * <p>The gradient of each operation of ND4J 1.0.0-M2.1 was measured. {@code operations.txt} lists
 * the operations with a right gradient and those without a gradient. {@link CorrectedGradients} has
 * right gradients for operations whose gradient is wrong in SameDiff. {@link Refusals} lists
 * operations whose gradient cannot be corrected. An operation in none of these was not measured.
 */
class Gradients {
  private static final String PACKAGE = "org.nd4j.linalg.api.ops.";
  private static final Map<String, String> MEASURED = read();

  private final boolean unmeasuredToo;

  /**
   * The rules.
   *
   * @param unmeasuredToo whether to accept operations that were not measured
   */
  Gradients(boolean unmeasuredToo) {
    this.unmeasuredToo = unmeasuredToo;
  }

  /**
   * Checks that an operation's gradient is right.
   *
   * @param moving whether the variable of a given name depends on a trained one
   * @throws IllegalArgumentException if it is not; the message names the operation, its result, and
   *     what to use instead
   */
  void requireRight(SameDiff graph, SameDiffOp op, Predicate<String> moving) {
    DifferentialFunction function = op.getOp();
    Refusals.of(graph, op, moving)
        .ifPresent(
            why -> {
              throw refusal(op, "has a wrong gradient in SameDiff: " + why);
            });
    String measured = measured(function.getClass());
    if (measured.equals("none")) {
      throw none(op, "ALI-G cannot train variables through it; use another operation");
    }
    if (measured.equals("unmeasured") && !unmeasuredToo && !CorrectedGradients.has(function)) {
      throw refusal(
          op,
          ("has a gradient that was not measured (%s); call verifySlope(placeholders) of the builder"
                  + " with the values of a minibatch, which measures it")
              .formatted(function.getClass().getName()));
    }
  }

  /** {@code right}, {@code none} or {@code unmeasured}. */
  static String measured(Class<?> operation) {
    String name = operation.getName();
    return name.startsWith(PACKAGE)
        ? MEASURED.getOrDefault(name.substring(PACKAGE.length()), "unmeasured")
        : "unmeasured";
  }

  /**
   * The gradient of each input of an operation.
   *
   * @param op the operation in the graph
   * @param copy the same operation in the copy, to which the gradients are added
   * @param above the gradient of each output; null for an output that is not of a floating-point
   *     type
   */
  List<SDVariable> differentiate(
      SameDiffOp op, DifferentialFunction copy, List<@Nullable SDVariable> above) {
    try {
      return CorrectedGradients.gradients(op.getOp(), copy, above);
    } catch (RuntimeException e) {
      throw none(op, "it fails with " + e);
    }
  }

  static IllegalArgumentException none(SameDiffOp op, String why) {
    return refusal(op, "has no gradient in SameDiff: " + why);
  }

  private static IllegalArgumentException refusal(SameDiffOp op, String what) {
    return new IllegalArgumentException(
        "the operation %s, which computes %s of a trained variable, %s"
            .formatted(op.getOp().opName(), String.join(", ", op.getOutputsOfOp()), what));
  }

  private static Map<String, String> read() {
    try (InputStream in = Gradients.class.getResourceAsStream("operations.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .collect(Collectors.toMap(words -> words[1], words -> words[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
