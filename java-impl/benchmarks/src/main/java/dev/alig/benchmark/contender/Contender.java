package dev.alig.benchmark.contender;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.alig.benchmark.probe.Probe;
import dev.alig.conformance.DType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Everything that is timed. */
public enum Contender {
  /** The bundled {@code alig.th}, eager, in a Python process. */
  TORCH("torch"),
  /** Our optimizer on ND4J. */
  OURS("ours on ND4J"),
  /** The memory traffic of a step. */
  PROBE("probe"),
  /** Ours with a ball around the parameters. */
  OURS_BALL("ours with projection"),
  /** The authors' step in ND4J operations. */
  OP_BY_OP("ND4J op by op"),
  /** ND4J's updater. */
  NESTEROVS("ND4J's Nesterovs"),
  /** Ours as a Deeplearning4j network calls it. */
  DL4J("ours, DL4J style"),
  /** Ours in a graph. */
  OURS_TENSORFLOW("ours on TF-Java"),
  /** TensorFlow's own kernels. */
  TENSORFLOW_FLOOR("TF floor"),
  /** Torch on a thousand parameters. */
  TORCH_MANY("torch, 1000 tensors"),
  /** Ours on a thousand views of one vector. */
  OURS_MANY("ours, 1000 tensors"),
  /** The first pass of our step by itself: the norm of the gradients. */
  PASS_NORM("our pass: norm"),
  /** The second pass by itself. */
  PASS_UPDATE("our pass: update"),
  /** The second pass where there is a ball. */
  PASS_UPDATE_AND_NORM("our pass: update and norm"),
  /** What the probe does in the place of the first pass. */
  PROBE_READ("probe: first pass");

  private static final int MANY = 1000;

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** Its name in tables. */
  public String label() {
    return label;
  }

  /** Its name on the command line and in files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The contender of a name. */
  @JsonCreator
  public static Contender of(String word) {
    return Arrays.stream(values())
        .filter(contender -> contender.word().equals(word))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no contender " + word + "; there are " + words()));
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Contender::word).toList();
  }

  /** Whether it can step on this setting. */
  public boolean fits(Setting setting) {
    return switch (this) {
      case TORCH, OURS, PROBE, OP_BY_OP, DL4J, OURS_TENSORFLOW -> true;
      case OURS_BALL, PASS_NORM, PASS_UPDATE, PASS_UPDATE_AND_NORM, PROBE_READ -> !setting.ball();
      case NESTEROVS -> setting.momentum() == Momentum.STANDARD && !setting.ball();
      // TensorFlow's kernel has the adjusted form, which moves as many words.
      case TENSORFLOW_FLOOR -> !setting.ball();
      case TORCH_MANY, OURS_MANY -> setting.n() == MANY * Setting.SMALL_TENSOR;
    };
  }

  /** Parts of a step, which run where a profile is asked for. */
  public static EnumSet<Contender> passes() {
    return EnumSet.of(PASS_NORM, PASS_UPDATE, PASS_UPDATE_AND_NORM, PROBE_READ);
  }

  /** Those whose times together say where a step's time goes. */
  public static EnumSet<Contender> profile() {
    EnumSet<Contender> all = passes();
    all.addAll(EnumSet.of(OURS, OURS_BALL, PROBE));
    return all;
  }

  /** Whether it runs in a Python process rather than in this JVM. */
  public boolean isPython() {
    return this == TORCH || this == TORCH_MANY;
  }

  /** The tensors that the parameters are divided into. */
  public int tensors() {
    return this == TORCH_MANY || this == OURS_MANY ? MANY : 1;
  }

  /**
   * A contender of this JVM, with the data of a setting.
   *
   * @throws IllegalArgumentException if it does not fit, or is no contender of this JVM
   */
  public Stepper open(Setting setting) {
    if (!fits(setting)) {
      throw new IllegalArgumentException(word() + " cannot step on " + setting);
    }
    return switch (this) {
      case TORCH, TORCH_MANY ->
          throw new IllegalArgumentException(word() + " runs in Python, not in this JVM");
      case OURS -> new OursOnNd4j(setting);
      case PROBE -> new Probe(setting);
      case OURS_BALL -> new OursOnNd4j(setting.withBall(true));
      case OP_BY_OP -> new OpByOp(setting);
      case NESTEROVS -> new StockNesterovs(setting);
      case DL4J -> new Dl4jStyle(setting);
      case OURS_TENSORFLOW -> tensorFlow(setting);
      case TENSORFLOW_FLOOR -> floor(setting);
      case OURS_MANY -> new ManyTensors(setting);
      case PASS_NORM -> new Pass(setting, Pass::measureGradients);
      case PASS_UPDATE -> new Pass(setting, pass -> pass.move(false));
      case PASS_UPDATE_AND_NORM -> new Pass(setting, pass -> pass.move(true));
      case PROBE_READ -> Probe.ofFirstPass(setting);
    };
  }

  private static Stepper tensorFlow(Setting setting) {
    return setting.dtype() == DType.FLOAT
        ? new OursOnTensorFlow<>(setting, TFloat32.class)
        : new OursOnTensorFlow<>(setting, TFloat64.class);
  }

  private static Stepper floor(Setting setting) {
    return setting.dtype() == DType.FLOAT
        ? new TensorFlowFloor<>(setting, TFloat32.class)
        : new TensorFlowFloor<>(setting, TFloat64.class);
  }
}
