package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;

/** Where {@code alig.tf} is not {@code alig.th}. */
class Tf1Test {
  private static final double[] ONES = {1, 1};

  private static Model<TFloat32> model(Consumer<AliGBuilder> settings) {
    Model<TFloat32> model = new Model<>(TFloat32.class, new double[] {1, 2});
    return model.minimize(b -> settings.accept(b.semantics(Semantics.TF1).eps(0)));
  }

  @Test
  void aNegativeLossStopsWhereThereIsACap() {
    try (var model = model(b -> b.maxLearningRate(0.25))) {
      assertThat(model.step(-4, ONES).stepSizes()).containsExactly(0.0);
      assertThat(model.values(0)).containsExactly(1.0, 2.0);
    }
  }

  @Test
  void aNegativeLossAscendsWhereThereIsNoCap() {
    try (var model = model(b -> {})) {
      assertThat(model.step(-4, ONES).stepSizes()).containsExactly(-2.0);
      assertThat(model.values(0)).containsExactly(3.0, 4.0);
    }
  }

  @Test
  void theCapIsRoundedToTheType() {
    try (var model = model(b -> b.maxLearningRate(0.1))) {
      assertThat(model.step(1000, ONES).stepSizes()).containsExactly((double) 0.1f);
    }
  }

  @Test
  void inPytorchsSemanticsTheCapIsNotRounded() {
    try (var model = model(b -> b.semantics(Semantics.PYTORCH).maxLearningRate(0.1))) {
      assertThat(model.step(1000, ONES).stepSizes()).containsExactly(0.1);
    }
  }

  @Test
  void nanStaysWhereThereIsACap() {
    try (var model = model(b -> b.maxLearningRate(0.25))) {
      assertThat(model.step(Double.NaN, ONES).stepSizes()).containsExactly(Double.NaN);
      assertThat(model.values(0)).containsExactly(Double.NaN, Double.NaN);
    }
  }

  @Test
  void anInfiniteLossIsCapped() {
    try (var model = model(b -> b.maxLearningRate(0.25))) {
      assertThat(model.step(Double.POSITIVE_INFINITY, ONES).stepSizes()).containsExactly(0.25);
    }
  }

  @Test
  void aStoppedStepStillAccumulatesMomentum() {
    try (var model = model(b -> b.maxLearningRate(0.25).momentum(0.5))) {
      model.step(-4, ONES);
      assertThat(model.momentum(0)).containsExactly(1.0, 1.0);
      assertThat(model.values(0)).containsExactly(1.0, 2.0);
    }
  }

  @Test
  void theMomentumIsAdjusted() {
    try (var model = model(b -> b.maxLearningRate(0.25).momentum(0.5))) {
      model.step(1000, ONES);
      // w - 0.25 (g + 0.5 a)
      assertThat(model.values(0)).containsExactly(0.625, 1.625);
      assertThat(model.momentum(0)).containsExactly(1.0, 1.0);
    }
  }
}
