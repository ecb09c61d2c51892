package dev.alig.benchmark;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.TypeConversionException;

/** Everything that is timed. */
enum Contender {
  /** The bundled {@code alig.th}, eager, in a Python process. */
  TORCH("torch"),
  TORCH_MANY("torch, 1000 tensors"),
  /** The authors' step in ND4J operations. */
  OP_BY_OP("ND4J op by op"),
  NESTEROVS("ND4J's Nesterovs"),
  OURS_TENSORFLOW("ours on TF-Java"),
  /** The same on a resource variable, as Python's TensorFlow 2 has them. */
  OURS_RESOURCE("ours on TF-Java, resource variable"),
  /** The Momentum optimizer of TensorFlow-Java's framework, with Nesterov's step. */
  TENSORFLOW_MOMENTUM("TF-Java's Momentum"),
  TENSORFLOW_ADAM("TF-Java's Adam"),
  /** TensorFlow's own kernels; with adjusted momentum, which moves as many words. */
  TENSORFLOW_FLOOR("TF floor"),
  /** Ours on a thousand views of one vector. */
  OURS_MANY("ours, 1000 tensors"),
  OURS("ours on ND4J"),
  OURS_BALL("ours with projection"),
  /** Ours as it steps on a device. */
  OURS_OPERATIONS("ours in ND4J's operations"),
  /** The memory traffic of a step. */
  PROBE("probe"),
  /** The first pass of our step by itself: the norm of the gradients. */
  PASS_NORM("our pass: norm"),
  /** The second pass by itself. */
  PASS_UPDATE("our pass: update"),
  /** The second pass where there is a ball. */
  PASS_UPDATE_AND_NORM("our pass: update and norm"),
  /** What the probe does in the place of the first pass. */
  PROBE_READ("probe: first pass");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** Its name in tables. */
  String label() {
    return label;
  }

  /** Its name on the command line and in files. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The contender of a name. */
  static Contender of(String name) {
    return EnumSet.allOf(Contender.class).stream()
        .filter(contender -> contender.toString().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "it must be one of " + EnumSet.allOf(Contender.class) + ", was " + name));
  }

  /** Who takes part unless named otherwise. */
  static Set<Contender> usual() {
    return EnumSet.range(TORCH, PROBE);
  }

  /** Those whose times together say where a step's time goes. */
  static Set<Contender> profile() {
    return EnumSet.range(OURS, PROBE_READ);
  }

  /** Whether it can step on this setting. */
  boolean fits(Setting setting) {
    return switch (this) {
      case TORCH, OURS, PROBE, OP_BY_OP, OURS_OPERATIONS, OURS_TENSORFLOW, OURS_RESOURCE -> true;
      case OURS_BALL, NESTEROVS, TENSORFLOW_FLOOR -> !setting.ball();
      // Their rates are float, so that steps on DOUBLE differ from the formula.
      case TENSORFLOW_MOMENTUM, TENSORFLOW_ADAM ->
          !setting.ball() && setting.type() == DataType.FLOAT;
      case PASS_NORM, PASS_UPDATE, PASS_UPDATE_AND_NORM, PROBE_READ -> !setting.ball();
      case TORCH_MANY, OURS_MANY -> setting.n() == Setting.MANY * Setting.MANY;
    };
  }

  /** Whether it runs in a Python process rather than in this JVM. */
  boolean isPython() {
    return this == TORCH || this == TORCH_MANY;
  }

  /** One of Python, with the data of a setting; the process runs {@link OnTorch#MODULE}. */
  Stepper open(Setting setting, JsonProcess python) {
    return new OnTorch(python, setting, this == TORCH_MANY ? Setting.MANY : 1);
  }

  /**
   * One of this JVM, with the data of a setting.
   *
   * @throws IllegalArgumentException if it does not fit, or is no contender of this JVM
   */
  Stepper open(Setting setting) {
    if (isPython() || !fits(setting)) {
      throw new IllegalArgumentException(this + " cannot step here on " + setting);
    }
    return switch (this) {
      case TORCH, TORCH_MANY -> throw new AssertionError(this);
      case OURS -> OnNd4j.ours(setting);
      case OURS_BALL -> OnNd4j.ours(setting.withBall());
      case OURS_MANY -> OnNd4j.oursInViews(setting);
      case OURS_OPERATIONS -> OnNd4j.oursInOperations(setting);
      case OP_BY_OP -> OnNd4j.opByOp(setting);
      case NESTEROVS -> OnNd4j.nesterovs(setting);
      case PASS_NORM -> OnNd4j.norm(setting);
      case PASS_UPDATE -> OnNd4j.update(setting, false);
      case PASS_UPDATE_AND_NORM -> OnNd4j.update(setting, true);
      case OURS_TENSORFLOW -> OnTensorFlow.ours(setting);
      case OURS_RESOURCE -> OnTensorFlow.oursOnResource(setting);
      case TENSORFLOW_MOMENTUM -> OnTensorFlow.momentum(setting);
      case TENSORFLOW_ADAM -> OnTensorFlow.adam(setting);
      case TENSORFLOW_FLOOR -> OnTensorFlow.floor(setting);
      case PROBE -> new Probe(setting, false);
      case PROBE_READ -> new Probe(setting, true);
    };
  }
}
