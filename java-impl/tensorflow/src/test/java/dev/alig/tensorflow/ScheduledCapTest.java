package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** A cap that is a scalar of the graph. */
class ScheduledCapTest {
  private static final double[] ONES = {1, 1};
  private final Model<TFloat32> model =
      new Model<>(TFloat32.class, new double[] {1, 2}, new double[] {3, 4});

  @AfterEach
  void close() {
    model.close();
  }

  private Model.Step step(Operand<TFloat64> cap, double value) {
    try (TFloat64 fed = TFloat64.scalarOf(value)) {
      return model.step(runner -> runner.feed(cap, fed), 1000, ONES, ONES);
    }
  }

  @Test
  void aPlaceholderMovesTheCapFromStepToStep() {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(builder -> builder.maxLearningRate(cap));
    assertThat(step(cap, 0.25).stepSizes()).containsExactly(0.25);
    assertThat(step(cap, 0.125).stepSizes()).containsExactly(0.125);
    assertThat(model.values(0)).containsExactly(0.625, 1.625);
  }

  @Test
  void aVariableIsTheCapUntilItIsAssigned() {
    Variable<TFloat32> cap = model.tf.withName("cap").variable(model.tf.constant(0.25f));
    var halved = model.tf.assign(cap, model.tf.math.mul(cap, model.tf.constant(0.5f)));
    model.minimize(builder -> builder.maxLearningRate(cap));
    assertThat(model.step(1000, ONES, ONES).stepSizes()).containsExactly(0.25);
    model.session().run(halved);
    assertThat(model.step(1000, ONES, ONES).stepSizes()).containsExactly(0.125);
  }

  @Test
  void aGroupMayHaveItsOwn() {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(b -> b.maxLearningRate(0.5).group(cap, 0, model.variables.get(1)));
    Model.Step step = step(cap, 0.25);
    assertThat(step.stepSizes()).containsExactly(0.25, 0.5);
    assertThat(step.mean()).isEqualTo(0.375);
    assertThat(model.values(0)).containsExactly(0.5, 1.5);
    assertThat(model.values(1)).containsExactly(2.75, 3.75);
  }

  @ParameterizedTest
  @EnumSource
  void infinityIsNoCap(Semantics semantics) {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(builder -> builder.semantics(semantics).eps(0).maxLearningRate(cap));
    assertThat(step(cap, Double.POSITIVE_INFINITY).stepSizes()).containsExactly(250.0);
  }

  @Test
  void zeroStopsTheStep() {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(builder -> builder.maxLearningRate(cap));
    assertThat(step(cap, 0).stepSizes()).containsExactly(0.0);
    assertThat(model.values(0)).containsExactly(1.0, 2.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void aNegativeCapOrNanFailsTheStepAndChangesNothing(double value) {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(builder -> builder.maxLearningRate(cap).momentum(0.5));
    assertThatThrownBy(() -> step(cap, value))
        .hasMessageContaining("maxLearningRate must be >= 0, was")
        .hasMessageContaining(value < 0 ? "-1" : "nan");
    assertThat(model.values(0)).containsExactly(1.0, 2.0);
    assertThat(model.momentum(0)).containsExactly(0.0, 0.0);
  }

  @Test
  void aNegativeCapOfOneGroupKeepsAllFromMoving() {
    Operand<TFloat64> cap = model.tf.placeholder(TFloat64.class);
    model.minimize(b -> b.maxLearningRate(0.5).group(cap, 0, model.variables.get(1)));
    assertThatThrownBy(() -> step(cap, -1)).hasMessageContaining("maxLearningRate must be >= 0");
    assertThat(model.values(0)).containsExactly(1.0, 2.0);
  }

  @Test
  void anIntegerOfTheGraphWillDo() {
    Operand<TInt32> cap = model.tf.constant(2);
    model.minimize(builder -> builder.maxLearningRate(cap));
    assertThat(model.step(1000, ONES, ONES).stepSizes()).containsExactly(2.0);
  }
}
