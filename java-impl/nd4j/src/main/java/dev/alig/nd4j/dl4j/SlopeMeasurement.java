package dev.alig.nd4j.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures whether a network's gradient is that of its score, on a copy of the network in DOUBLE.
 *
 * <p>It measures at parameters close to the network's own. New biases are 0, which can put units on
 * the kink of ReLU, where there is no slope.
 */
final class SlopeMeasurement {
  /**
   * The distances from the parameters at which the loss is computed, in order, until the slope at
   * one agrees. At a large distance the third derivative and kinks of the loss disturb, at a small
   * one its rounding.
   */
  private static final double[] DISTANCES = {1e-4, 1e-5, 1e-3, 1e-6, 1e-7};

  /**
   * The greatest relative deviation. At the distances 1e-5 and 1e-6 the terms of third order are
   * far smaller.
   */
  private static final double RELATIVE = 1e-5;

  /** The greatest error of a loss in ulps; the loss is a sum of many terms. */
  private static final double ROUNDINGS = 1 << 10;

  /** A slope counts only if rounding can be at most this share of it. */
  private static final double MOST_ROUNDING = 1e-2;

  /**
   * The deviation of an array with a smaller share of the gradient's norm is compared with this
   * share of the whole norm.
   */
  private static final double SHARE = 1e-3;

  /**
   * The greatest change of a parameter before the measurement, relative to the size of its array,
   * or absolute if the array is 0.
   */
  private static final double BESIDE = 0.05;

  private static final int DRAWS = 3;

  /** Not 0, because ND4J then chooses a seed itself. */
  private static final long FIRST_SEED = 1;

  private final Network network;
  private final INDArray parameters;
  private final INDArray updates;
  private final List<Weights> weights;
  private final Random generator = new Random(1);
  private final List<SlopeReport> found = new ArrayList<>();

  /** The states of the recurrent layers at the start of the segment. */
  private List<Map<String, INDArray>> states = List.of();

  private SlopeMeasurement(Network network, Layers layers) {
    this.network = network;
    BaseMultiLayerUpdater<?> updater = Refusals.requireUpdater(network);
    weights = Layout.of(updater, network).differentiated();
    parameters = flat(network.model().params());
    updates = flat(updater.getFlattenedGradientsView());
    if (layers == Layers.CORRECTED) {
      CorrectedLayers.apply(network);
    }
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }

  /** Which layers are measured. */
  enum Layers {
    /** DL4J's own. */
    AS_THEY_ARE,
    /** The corrected layers, as {@link AliGTraining#attach} uses them. */
    CORRECTED
  }

  /**
   * Measures a copy. It restores ND4J's random state and default type, and does not change the
   * network.
   */
  static SlopeReport of(Network network, Minibatch data, Layers layers) {
    Refusals.requireInitialized(network);
    try {
      return withDrawsPutBack(network, data, layers);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      return inDefaultType(network, data, layers, e);
    }
  }

  /**
   * Measures with the default type DOUBLE. Some layers create arrays of ND4J's default type, which
   * fail together with DOUBLE arrays.
   */
  private static SlopeReport inDefaultType(
      Network network, Minibatch data, Layers layers, RuntimeException first) {
    DataType before = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      return withDrawsPutBack(network, data, layers);
    } catch (RuntimeException e) {
      first.addSuppressed(e);
      throw first;
    } finally {
      Nd4j.setDefaultDataTypes(before, before);
    }
  }

  @SuppressWarnings("try")
  private static SlopeReport withDrawsPutBack(Network network, Minibatch data, Layers layers) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return RandomNumbers.putBackAfter(
          () -> new SlopeMeasurement(network.inDouble(), layers).measure(data.inDouble()));
    }
  }

  private SlopeReport measure(Minibatch data) {
    weights.forEach(this::stepBeside);
    for (Minibatch segment : network.segments(data)) {
      states = network.recurrent().stream().map(RecurrentLayer::rnnGetTBPTTState).toList();
      Point first = new Point(segment, FIRST_SEED);
      found.add(first.measure(true));
      first.loss();
      for (int draw = 1; draw < DRAWS; draw++) {
        Point point = new Point(segment, FIRST_SEED + draw);
        // Where no random number matters, the first measurement counts for this one too.
        if (!point.isSameAs(first)) {
          found.add(point.measure(false));
          point.loss();
        }
      }
      network.endSegment();
    }
    SlopeReport worst =
        found.stream()
            .max(
                Comparator.comparing((SlopeReport report) -> !report.right())
                    .thenComparing(report -> Math.abs(report.slope() - 1)))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the data have no time step to train on; pass time series of rank 3"));
    return worst;
  }

  private void stepBeside(Weights array) {
    INDArray values = new ElementRange(array.from(), array.to()).in(parameters, 0);
    double size = values.norm2Number().doubleValue() / Math.sqrt((double) values.length());
    double most = BESIDE * (size > 0 ? size : 1);
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, values.getDouble(i) + most * (2 * generator.nextDouble() - 1));
    }
  }

  /** One minibatch with one set of random numbers. */
  private final class Point {
    private final Minibatch data;
    private final long seed;
    private final INDArray start = parameters.dup();
    private final double loss;
    private final INDArray gradient;
    private final double norm;

    Point(Minibatch data, long seed) {
      this.data = data;
      this.seed = seed;
      loss = loss();
      int divisor = network.model().conf().isMiniBatch() ? network.model().batchSize() : 1;
      gradient = Nd4j.zerosLike(parameters);
      for (Weights array : weights) {
        ElementRange range = new ElementRange(array.from(), array.to());
        range.in(gradient, 0).assign(range.in(updates, 0)).divi(divisor);
      }
      norm = gradient.norm2Number().doubleValue();
      if (!(norm > 0)) {
        throw new IllegalArgumentException(
            "the norm of the gradient is "
                + norm
                + " on these data, and must be more than 0 and finite to measure a slope; pass data"
                + " that the network does not fit yet");
      }
    }

    /** Whether loss and gradient are the same, bit for bit. */
    boolean isSameAs(Point other) {
      return loss == other.loss && gradient.equalsWithEps(other.gradient, 0);
    }

    SlopeReport measure(boolean allParts) {
      Slope whole = along(gradient.div(norm), norm, norm);
      List<SlopeReport.Part> parts =
          allParts ? weights.stream().map(this::part).toList() : List.of();
      boolean right = whole.right() && parts.stream().allMatch(SlopeReport.Part::right);
      return new SlopeReport(whole.value() / norm, right, parts);
    }

    /**
     * The slope along the middle between the gradient of an array and random signs. It differs if
     * the gradient is wrong by a factor, and if elements of it are missing.
     */
    private SlopeReport.Part part(Weights array) {
      ElementRange range = new ElementRange(array.from(), array.to());
      INDArray own = Nd4j.zerosLike(gradient);
      range.in(own, 0).assign(range.in(gradient, 0));
      double size = own.norm2Number().doubleValue();
      INDArray direction = signs(range);
      if (size > 0) {
        boolean acute = dot(direction, gradient) >= 0;
        direction = own.div(size).add(acute ? direction : direction.neg());
        direction.divi(direction.norm2Number());
      }
      double expected = dot(direction, gradient);
      Slope along = along(direction, expected, Math.max(size, SHARE * norm));
      return new SlopeReport.Part(
          array.key(),
          array.layer().getConfig().getLayerName(),
          size > 0 ? along.value() / expected : Double.NaN,
          size,
          along.right());
    }

    private static double dot(INDArray a, INDArray b) {
      return Nd4j.getBlasWrapper().dot(a, b);
    }

    private INDArray signs(ElementRange range) {
      INDArray signs = Nd4j.zerosLike(gradient);
      double size = 1 / Math.sqrt((double) (range.to() - range.from()));
      for (long i = range.from(); i < range.to(); i++) {
        signs.putScalar(i, generator.nextBoolean() ? size : -size);
      }
      return signs;
    }

    /** The slope in a direction of length 1, compared with the slope that the gradient gives. */
    private Slope along(INDArray direction, double expected, double scale) {
      Slope closest = new Slope(Double.NaN, false);
      for (double distance : DISTANCES) {
        double ahead = loss(direction, distance);
        double behind = loss(direction, -distance);
        double value = (ahead - behind) / (2 * distance);
        double rounding =
            ROUNDINGS * Math.ulp(Math.max(Math.abs(ahead), Math.abs(behind))) / distance;
        boolean measured = rounding <= MOST_ROUNDING * scale;
        if (measured && Math.abs(value - expected) <= RELATIVE * scale + rounding) {
          return new Slope(value, true);
        }
        if (!(Math.abs(closest.value - expected) <= Math.abs(value - expected))) {
          closest = new Slope(value, false);
        }
      }
      return closest;
    }

    private double loss(INDArray direction, double distance) {
      parameters.assign(start.add(direction.mul(distance)));
      try {
        return loss();
      } finally {
        parameters.assign(start);
      }
    }

    private double loss() {
      Nd4j.getRandom().setSeed(seed);
      List<RecurrentLayer> recurrent = network.recurrent();
      for (int i = 0; i < recurrent.size(); i++) {
        if (!states.get(i).isEmpty() || !recurrent.get(i).rnnGetTBPTTState().isEmpty()) {
          recurrent.get(i).rnnSetTBPTTState(states.get(i));
        }
      }
      return network.score(data.copy());
    }
  }

  private record Slope(double value, boolean right) {}
}
