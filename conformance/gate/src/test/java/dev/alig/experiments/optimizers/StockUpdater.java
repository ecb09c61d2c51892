package dev.alig.experiments.optimizers;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/** An updater of ND4J in the place of a flat-array optimizer. It has no weight decay. */
public final class StockUpdater extends FlatOptimizer {
  private final DataType type;
  private final String kind;
  private final double[] settings;
  private final List<String> states;

  /** The updater of that kind, with the settings of the table's optimizer. */
  public StockUpdater(Format format, int size, String kind, double[] settings) {
    super(format, size, vectors(kind));
    this.type = format == Format.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    this.kind = kind;
    this.settings = settings.clone();
    this.states = states(kind);
  }

  private static List<String> vectors(String kind) {
    return switch (kind) {
      case "sgd", "nesterov" -> List.of(Sgd.BUFFER);
      case "adagrad" -> List.of("sum");
      case "rmsprop" -> List.of("square_avg");
      case "adam" -> List.of(Adam.MEAN, Adam.SQUARES);
      default -> List.of(Adam.MEAN, Adam.SQUARES, Adam.LARGEST);
    };
  }

  /** The names of ND4J's arrays in the order of the vectors. */
  private static List<String> states(String kind) {
    return switch (kind) {
      case "sgd" -> List.of();
      case "nesterov" -> List.of("V");
      case "adagrad" -> List.of("grad");
      case "rmsprop" -> List.of("G");
      case "adam" -> List.of("M", "V");
      default -> List.of("M", "V", "V_HAT");
    };
  }

  /** ND4J's configuration of an updater. */
  public static IUpdater updater(String kind, double rate, double[] s) {
    return switch (kind) {
      case "sgd" -> new org.nd4j.linalg.learning.config.Sgd(rate);
      case "nesterov" -> new Nesterovs(rate, s[0]);
      case "adagrad" -> new AdaGrad(rate, s[0]);
      case "rmsprop" -> new RmsProp(rate, s[0], s[1]);
      case "adam" -> new org.nd4j.linalg.learning.config.Adam(rate, s[0], s[1], s[2]);
      default -> new AMSGrad(rate, s[0], s[1], s[2]);
    };
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    IUpdater config = updater(kind, rate, settings);
    long size = config.stateSize(w.length);
    INDArray view = size == 0 ? null : Nd4j.zeros(type, 1, size);
    GradientUpdater<?> updater = config.instantiate(view, size != 0);
    List<double[]> vectors = List.copyOf(vectors().values());
    for (int i = 0; i < states.size(); i++) {
      state(updater, i).assign(array(vectors.get(i), state(updater, i)));
    }
    INDArray update = Nd4j.createFromArray(gradient).castTo(type).reshape(1, w.length);
    INDArray parameters = Nd4j.createFromArray(w).castTo(type).reshape(1, w.length);
    updater.applyUpdater(update, (int) Math.round(t()) - 1, 0);
    parameters.subi(update);
    copy(parameters, w);
    for (int i = 0; i < states.size(); i++) {
      copy(state(updater, i), vectors.get(i));
    }
  }

  private INDArray state(GradientUpdater<?> updater, int i) {
    return Objects.requireNonNull(updater.getState().get(states.get(i)));
  }

  private INDArray array(double[] values, INDArray like) {
    return Nd4j.createFromArray(values).castTo(type).reshape(like.shape());
  }

  private static void copy(INDArray from, double[] to) {
    double[] values = from.castTo(DataType.DOUBLE).toDoubleVector();
    System.arraycopy(values, 0, to, 0, to.length);
  }
}
