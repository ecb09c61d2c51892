package dev.alig.nd4j;

import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.ops.NDBase;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * A step in ND4J's operations, which run where the arrays are.
 *
 * <p>Only the tensors' sums of squares are copied to the host, as one vector: those of the
 * gradients, and with a ball those of the parameters. Momentum and parameters change in place. A
 * copy on the device is made of an array that is not in 'c' order, for the sum of its squares; of a
 * gradient that shares memory with a parameter; and, in double, of all for a wide norm.
 *
 * <p>A back end may fuse a product with the sum that follows or not, so the last bits are the back
 * end's own.
 */
final class DevicePass implements Pass {
  /** The squares of so many elements are added in the arrays' own type, the sums in double. */
  static final int BLOCK = 512;

  private static final NDBase OPERATIONS = new NDBase();

  private final Storage<?> storage;
  private final List<Group> groups;
  private final Settings settings;
  private final List<? extends @Nullable INDArray> gradients;
  private boolean normIsFinite;

  DevicePass(
      Storage<?> storage,
      List<Group> groups,
      Settings settings,
      List<? extends @Nullable INDArray> gradients) {
    this.storage = storage;
    this.groups = groups;
    this.settings = settings;
    this.gradients = gradients;
  }

  @Override
  public SquaredNorm gradientNorm() {
    SquaredNorm norm = norm(gradients.stream().filter(Objects::nonNull).toList());
    normIsFinite = Double.isFinite(norm.value());
    return norm;
  }

  /** √Σ‖w‖² over all parameters. */
  double parameterNorm() {
    return norm(arrays()).root();
  }

  @Override
  public boolean gradientsAreFinite() {
    // A finite norm has finite elements only; else each gradient is asked, which copies a number.
    return normIsFinite
        || gradients.stream()
            .filter(gradient -> gradient != null && !gradient.isEmpty())
            .allMatch(DevicePass::isFinite);
  }

  private static boolean isFinite(INDArray array) {
    return OPERATIONS.matchConditionCount(array, Conditions.notFinite()).getLong(0) == 0;
  }

  @Override
  public boolean move(List<Double> stepSizes) {
    List<Move> moves = moves(stepSizes);
    moves.forEach(move -> move.take(settings));
    return project();
  }

  /** Prepares all that can fail. */
  private List<Move> moves(List<Double> stepSizes) {
    Set<DataBuffer> written = written();
    List<Move> moves = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < groups.size(); i++) {
      double momentum = groups.get(i).settings().momentum();
      for (Parameter parameter : groups.get(i).parameters()) {
        INDArray gradient = gradients.get(next++);
        if (gradient != null && !gradient.isEmpty()) {
          INDArray unshared =
              written.contains(buffer(gradient)) ? storage.copy(gradient, 'c') : gradient;
          moves.add(
              new Move(
                  parameter,
                  unshared,
                  momentumOf(parameter, momentum),
                  stepSizes.get(i),
                  momentum));
        }
      }
    }
    return moves;
  }

  /** Projects all parameters onto the ball, and returns whether their norm overflowed. */
  boolean project() {
    L2Ball ball = settings.ball();
    if (!ball.isBounded()) {
      return false;
    }
    List<INDArray> arrays = arrays();
    SquaredNorm norm = norm(arrays);
    double factor = ball.factor(norm);
    if (factor != 1) {
      arrays.stream().filter(array -> !array.isEmpty()).forEach(array -> scale(array, factor));
    }
    return norm.overflowed();
  }

  private List<INDArray> arrays() {
    return Group.parameters(groups).map(Parameter::array).toList();
  }

  private SquaredNorm norm(List<? extends INDArray> arrays) {
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(storage.precision()));
    INDArray[] sums =
        arrays.stream().filter(a -> !a.isEmpty()).map(this::sumOfSquares).toArray(INDArray[]::new);
    double[] onHost = sums.length == 0 ? new double[0] : Nd4j.concat(0, sums).toDoubleVector();
    int next = 0;
    for (INDArray array : arrays) {
      norm.add(array.isEmpty() ? 0 : onHost[next++]);
    }
    return norm;
  }

  /**
   * The sum of the squared elements, as a vector of one double.
   *
   * <p>ND4J adds up in the type of the array. Over ten million floats this loses four digits, so
   * only blocks are added up so. They run in logical ('c') order, because another order would give
   * other bits; an array in another order is copied on the device.
   */
  private INDArray sumOfSquares(INDArray array) {
    INDArray values = settings.wideNorm() ? array.castTo(DataType.DOUBLE) : array;
    long length = values.length();
    INDArray flat = values.reshape('c', new long[] {length});
    if (length <= BLOCK) {
      return OPERATIONS.squaredNorm(flat).reshape(1).castTo(DataType.DOUBLE);
    }
    long rows = length / BLOCK;
    INDArray blocks = flat.get(NDArrayIndex.interval(0, rows * BLOCK)).reshape(rows, BLOCK);
    List<INDArray> sums = new ArrayList<>(List.of(OPERATIONS.squaredNorm(blocks, 1)));
    if (rows * BLOCK < length) {
      INDArray rest = flat.get(NDArrayIndex.interval(rows * BLOCK, length));
      sums.add(OPERATIONS.squaredNorm(rest).reshape(1));
    }
    INDArray all = Nd4j.concat(0, sums.toArray(INDArray[]::new)).castTo(DataType.DOUBLE);
    return all.sum().reshape(1);
  }

  /** The memory that this step writes to. */
  private Set<DataBuffer> written() {
    Set<DataBuffer> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    Group.parameters(groups)
        .filter(parameter -> !parameter.array().isEmpty())
        .forEach(
            parameter -> {
              buffers.add(buffer(parameter.array()));
              parameter.momentum().ifPresent(momentum -> buffers.add(buffer(momentum)));
            });
    return buffers;
  }

  /** The buffer that an array is in, or a view of. */
  private static DataBuffer buffer(INDArray array) {
    DataBuffer whole = array.data().originalDataBuffer();
    return whole == null ? array.data() : whole;
  }

  private @Nullable INDArray momentumOf(Parameter parameter, double momentum) {
    return momentum == 0 ? null : parameter.momentum().orElseGet(() -> storage.zeros(parameter));
  }

  /** array ← factor·array. ND4J's own method {@code muli} takes NaN for a small number. */
  private static void scale(INDArray array, double factor) {
    Nd4j.getExecutioner().exec(new ScalarMultiplication(array, null, array, factor));
  }

  /** sum ← factor·array + sum. */
  private static void addTo(INDArray sum, double factor, INDArray array) {
    Nd4j.getExecutioner().exec(new Axpy(array, sum, sum, factor));
  }

  /** What happens to one parameter. */
  private record Move(
      Parameter parameter,
      INDArray gradient,
      @Nullable INDArray momentum,
      double stepSize,
      double decay) {
    void take(Settings settings) {
      INDArray p = parameter.array();
      if (momentum == null) {
        addTo(p, -stepSize, gradient);
        return;
      }
      parameter.setMomentum(momentum);
      scale(momentum, decay);
      switch (settings.momentumForm()) {
        case STANDARD -> {
          addTo(momentum, -stepSize, gradient);
          addTo(p, -stepSize, gradient);
          addTo(p, decay, momentum);
        }
        case ADJUSTED -> {
          addTo(momentum, -1, gradient);
          addTo(p, -stepSize, gradient);
          addTo(p, stepSize * decay, momentum);
        }
      }
    }
  }
}
