package dev.alig.benchmark;

import dev.alig.MomentumForm;
import dev.alig.kernel.FusedStep;
import dev.alig.kernel.Kernels;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The contenders on flat vectors of ND4J. */
final class OnNd4j extends Stepper.InJvm {
  /** The step size of a pass by itself, about the γ of a whole step. */
  static final double STEP_SIZE = 1e-3;

  private static final double EPS = 1e-5;

  private final Setting setting;
  private final List<INDArray> vectors = new ArrayList<>();
  private final INDArray parameters;
  private final INDArray gradients;
  private Runnable step = () -> {};

  private OnNd4j(Setting setting) {
    this.setting = setting;
    parameters = vector(setting.parameters());
    gradients = vector(setting.gradients());
  }

  private OnNd4j stepping(Runnable itsStep) {
    step = itsStep;
    return this;
  }

  /** Our optimizer on one vector. */
  static OnNd4j ours(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    AliG optimizer = data.optimizer(false, data.parameters);
    return data.stepping(() -> optimizer.step(setting.loss(), data.gradients));
  }

  /** Our optimizer on one vector, by ND4J's operations. */
  static OnNd4j oursInOperations(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    AliG optimizer = data.optimizer(true, data.parameters);
    return data.stepping(() -> optimizer.step(setting.loss(), data.gradients));
  }

  /** Our optimizer on views of one vector, {@value Setting#MANY} elements each. */
  static OnNd4j oursInViews(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    AliG optimizer = data.optimizer(false, data.views(data.parameters).toArray(INDArray[]::new));
    List<INDArray> parts = data.views(data.gradients);
    return data.stepping(() -> optimizer.step(setting.loss(), parts));
  }

  /**
   * The authors' step spelled in operations of ND4J, each a pass over the data, in place and
   * without an allocation: what an ND4J user would write by hand.
   */
  static OnNd4j opByOp(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    INDArray momenta = data.zeros();
    INDArray scratch = data.zeros();
    return data.stepping(() -> data.stepOpByOp(momenta, scratch));
  }

  /**
   * ND4J's own updater for SGD with Nesterov's momentum; no ALI-G, but what Deeplearning4j users
   * have.
   *
   * <p>It puts the update in the gradient's place: v' = μv − λg, g' = (1 + μ)λg − μ²v, which a step
   * then subtracts from the parameters. With λ = 1 − μ that map of (v, g) has the eigenvalues 1 and
   * μλ, so that the numbers stay of one size from step to step and the gradient need not be
   * renewed.
   */
  static OnNd4j nesterovs(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    double momentum = Setting.MOMENTUM;
    GradientUpdater<?> updater =
        new Nesterovs(1 - momentum, momentum).instantiate(data.zeros(), true);
    return data.stepping(
        () -> {
          updater.applyUpdater(data.gradients, 0, 0);
          data.parameters.subi(data.gradients);
        });
  }

  /** The first pass of our kernels by itself: the norm of the gradients. */
  static OnNd4j norm(Setting setting) {
    OnNd4j data = new OnNd4j(setting);
    return data.stepping(data.kernel()::measureGradients);
  }

  /**
   * The second pass of our kernels by itself.
   *
   * @param measures whether it takes the norm of the parameters too, as it does for a ball
   */
  static OnNd4j update(Setting setting, boolean measures) {
    OnNd4j data = new OnNd4j(setting);
    FusedStep kernel = data.kernel();
    double[] sizes = {STEP_SIZE};
    double[] momenta = {Setting.MOMENTUM};
    return data.stepping(() -> kernel.move(MomentumForm.STANDARD, sizes, momenta, measures));
  }

  private AliG optimizer(boolean operations, INDArray... moved) {
    AliGBuilder builder = AliG.builder().operations(operations).momentum(Setting.MOMENTUM);
    if (setting.ball()) {
      builder.l2Ball(setting.radius());
    }
    return builder.parameters(moved).build();
  }

  private List<INDArray> views(INDArray flat) {
    int size = Setting.MANY;
    return IntStream.range(0, setting.n() / size)
        .mapToObj(i -> flat.get(NDArrayIndex.interval(i * size, (i + 1) * size)))
        .toList();
  }

  private void stepOpByOp(INDArray momenta, INDArray scratch) {
    double norm = gradients.norm2Number().doubleValue();
    double stepSize = setting.loss() / (norm * norm + EPS);
    gradients.muli(stepSize, scratch);
    parameters.subi(scratch);
    momenta.muli(Setting.MOMENTUM).subi(scratch);
    parameters.addi(momenta.muli(Setting.MOMENTUM, scratch));
    if (setting.ball()) {
      double length = parameters.norm2Number().doubleValue();
      if (length > setting.radius()) {
        parameters.muli(setting.radius() / length);
      }
    }
  }

  private FusedStep kernel() {
    FusedStep kernel =
        (setting.type() == DataType.FLOAT ? Kernels.stepOnFloats() : Kernels.stepOnDoubles())
            .orElseThrow(() -> new IllegalStateException("no kernel works on off-heap memory"));
    kernel.begin(false);
    kernel.add(0, setting.n(), address(parameters), address(gradients), address(zeros()));
    return kernel;
  }

  private static long address(INDArray vector) {
    return vector.data().address();
  }

  private INDArray zeros() {
    return vector(new double[setting.n()]);
  }

  private INDArray vector(double[] values) {
    INDArray vector = Nd4j.create(values, new long[] {values.length}, setting.type());
    vectors.add(vector);
    return vector;
  }

  @Override
  void step() {
    step.run();
  }

  @Override
  public double[] parameters() {
    return parameters.data().asDouble();
  }

  @Override
  public void close() {
    vectors.forEach(INDArray::close);
  }
}
