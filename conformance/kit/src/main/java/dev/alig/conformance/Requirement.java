package dev.alig.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A numbered clause of ALI-G's behaviour, with its text in {@code requirements.yaml}. */
@API(status = API.Status.STABLE, since = "0.1")
public enum Requirement {
  /** The way to Python and back, without an optimizer. */
  BRIDGE,
  /** Buffers and projection at construction. */
  CONSTRUCTION,
  /** The unclipped step size. */
  STEP_SIZE,
  /** The cap on the step size. */
  CAP,
  /** Settings of each group, and the mean over groups. */
  GROUPS,
  /** The constant in the denominator. */
  EPS,
  /** Steps in which no parameter has a gradient. */
  NO_GRADIENT,
  /** Losses as floats and as tensors. */
  LOSS_KIND,
  /** Negative and zero losses. */
  SIGN_OF_LOSS,
  /** Overflow and underflow. */
  EXTREME_MAGNITUDE,
  /** The norm of tensors with thousands of elements. */
  NORM,
  /** Caps within rounding errors of the unclipped step size. */
  CAP_MARGIN,
  /** The update without momentum. */
  UPDATE_PLAIN,
  /** The standard form of the momentum. */
  MOMENTUM_STANDARD,
  /** The adjusted form of the momentum. */
  MOMENTUM_ADJUSTED,
  /** Parameters without a gradient. */
  ABSENT_GRADIENT,
  /** The projection after a step. */
  PROJECTION,
  /** Radii within rounding errors of the parameters' norm. */
  BALL_MARGIN,
  /** Losses that are NaN or infinite. */
  NON_FINITE_LOSS,
  /** Gradients with NaN or infinite elements. */
  NON_FINITE_GRADIENT,
  /** Numbers at the ends of the dtype, wherever they stand. */
  SPECIAL_VALUES,
  /** Twenty steps in a row. */
  LONG_RUN,
  /** Every kernel of this machine, with one thread and with several. */
  KERNELS,
  /** What a step leaves alone. */
  SIDE_EFFECTS,
  /** Every two circumstances that can meet. */
  PAIRS,
  /** The step size's limits: loss and cap. */
  THEOREM_P0,
  /** The distance to any point of the ball. */
  THEOREM_P1,
  /** The distance to a common minimizer. */
  THEOREM_P2,
  /** The mean loss where gradients are bounded. */
  THEOREM_P3,
  /** The mean loss where gradients are Lipschitz. */
  THEOREM_P4,
  /** The contraction where losses are strongly convex. */
  THEOREM_P5,
  /** The contraction under the restricted secant inequality, and its counterexample. */
  THEOREM_P6,
  /** What an unclipped step leaves of the linearized loss. */
  THEOREM_P7,
  /** Scaling by powers of two. */
  THEOREM_P8,
  /** A multilayer perceptron trained on digits. */
  TRAINED_MLP,
  /** A convolutional network with batch normalization trained on digits. */
  TRAINED_CONVNET,
  /** A sentence-pair encoder trained on synthetic pairs. */
  TRAINED_BILSTM,
  /** A recurrent network trained on the repeat-copy task. */
  TRAINED_LSTM,
  /** A differentiable neural computer trained on the repeat-copy task of its authors. */
  TRAINED_DNC,
  /** A wide residual network trained on digits. */
  TRAINED_WRN,
  /** A densely connected network trained on digits. */
  TRAINED_DENSENET,
  /** A multilayer perceptron whose steps are taken on sums of micro-batches' gradients. */
  TRAINED_IN_PARTS,
  /** InferSent trained on synthetic pairs of sentences of many lengths. */
  TRAINED_INFERSENT,
  /** A residual network trained on enlarged digits by the top-5 truncated cross-entropy. */
  TRAINED_RESNET,
  /** The optimizers that the paper compares ALI-G with. */
  OPTIMIZERS,
  /** The recorded traces of the PyTorch original. */
  TRACES_TH,
  /** The recorded traces of the TensorFlow original. */
  TRACES_TF,
  /** The oracle's own faithfulness to the recorded traces. */
  ORACLE_TRACES,
  /** Where originals, bundled package and Java options are known to differ. */
  KNOWN_DIFFERENCES;

  private static final Map<String, Text> TEXTS = texts();

  private record Text(String id, String clause, String title) {}

  /** The clause's number, such as {@code 3.2}. */
  public String clause() {
    return text().clause();
  }

  /** The clause in one line. */
  public String title() {
    return text().title();
  }

  private Text text() {
    return Optional.ofNullable(TEXTS.get(name()))
        .orElseThrow(() -> new IllegalStateException("requirements.yaml has no entry " + name()));
  }

  /**
   * The requirement with a name.
   *
   * @throws IllegalArgumentException if there is none; the message names all requirements
   */
  public static Requirement of(String name) {
    return Arrays.stream(values())
        .filter(requirement -> requirement.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no requirement is named %s; there are %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  private static Map<String, Text> texts() {
    try (InputStream yaml = Requirement.class.getResourceAsStream("requirements.yaml")) {
      List<Text> list = new YAMLMapper().readValue(yaml, new TypeReference<List<Text>>() {});
      return list.stream().collect(Collectors.toMap(Text::id, Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException("requirements.yaml cannot be read", e);
    }
  }
}
