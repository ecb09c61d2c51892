package dev.alig.benchmark.contender;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.kernel.FusedStep;
import dev.alig.kernel.Kernels;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One pass of our kernels over the memory of a step, without the rest of it. */
final class Pass extends OnNd4j {
  private static final double[] STEP_SIZES = {1e-3};

  private final INDArray momentum;
  private final FusedStep step;
  private final Consumer<Pass> pass;
  private final MomentumForm form;
  private final double[] momenta;

  Pass(Setting setting, Consumer<Pass> pass) {
    super(setting);
    this.pass = pass;
    form = setting.momentum().form().orElse(MomentumForm.STANDARD);
    momenta = new double[] {setting.momentum().factor()};
    momentum = zeros();
    step =
        (setting.dtype() == DType.FLOAT ? Kernels.stepOnFloats() : Kernels.stepOnDoubles())
            .orElseThrow(() -> new IllegalStateException("no kernel works on off-heap memory"));
    step.begin();
    long buffer = setting.momentum() == Momentum.NONE ? 0 : address(momentum);
    step.add(0, setting.n(), address(parameters), address(gradients), buffer);
  }

  static double stepSize() {
    return STEP_SIZES[0];
  }

  private static long address(INDArray array) {
    return array.data().address();
  }

  void measureGradients() {
    step.measureGradients();
  }

  void move(boolean measure) {
    step.move(form, STEP_SIZES, momenta, measure);
  }

  @Override
  public void step() {
    pass.accept(this);
  }
}
