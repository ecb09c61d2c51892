package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.GroupSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Variables for which a step is given no gradient. */
class AbsentGradientTest {
  private final Model<TFloat32> model =
      new Model<>(TFloat32.class, new double[] {1, 2}, new double[] {3});

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void suchAVariableAndItsMomentumStay() {
    model.minimize(builder -> builder.maxLearningRate(0.25).momentum(0.5), 1);
    model.step(1000, new double[] {1, 1}, null);
    assertThat(model.values(1)).containsExactly(3.0);
    assertThat(model.momentum(1)).containsExactly(0.0);
    assertThat(model.values(0)).containsExactly(0.625, 1.625);
  }

  @Test
  void itAddsNothingToTheNorm() {
    model.minimize(builder -> builder.eps(0), 1);
    Model.Step step = model.step(1, new double[] {0, 2}, null);
    assertThat(step.gradientNorm()).isEqualTo(2.0);
    assertThat(step.unclipped()).isEqualTo(0.25);
  }

  @Test
  void itsGroupStillCountsInTheMean() {
    model.minimize(
        b -> b.maxLearningRate(0.25).group(new GroupSettings(0.75, 0), model.variables.get(1)), 1);
    Model.Step step = model.step(1000, new double[] {1, 1}, null);
    assertThat(step.stepSizes()).containsExactly(0.75, 0.25);
    assertThat(step.mean()).isEqualTo(0.5);
  }

  /** As TensorFlow marks a variable behind stopGradient. */
  @Test
  void aClosedGradientIsNone() {
    Operand<TFloat32> stopped = model.tf.stopGradient(model.variables.get(1));
    Operand<TFloat32> loss =
        model.tf.math.add(model.tf.nn.l2Loss(model.variables.get(0)), model.tf.nn.l2Loss(stopped));
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (Variable<TFloat32> variable : model.variables) {
      Output<?>[] found =
          model.graph.addGradients(loss.asOutput(), new Output<?>[] {variable.asOutput()});
      pairs.add(new GradAndVar<>(ofType(found[0]), variable.asOutput()));
    }
    assertThat(pairs.get(1).getGradient().isClosed()).isTrue();
    Op train = new AliG(model.graph, 0.5).applyGradients(loss, pairs, "train");
    try (Session session = new Session(model.graph)) {
      session.run(train);
      assertThat(Values.ofAll(session, model.variables))
          .containsExactly(List.of(0.5, 1.0), List.of(3.0));
    }
  }

  @SuppressWarnings("unchecked")
  private static Output<TFloat32> ofType(Output<?> gradient) {
    return (Output<TFloat32>) gradient;
  }

  @Test
  void withoutAnyGradientTheStepSizeIsTheLossOverEps() {
    model.minimize(builder -> builder.momentum(0.5), 0, 1);
    Model.Step step = model.step(0.5, null, null);
    assertThat(step.stepSizes()).containsExactly(0.5 / 1e-5);
    assertThat(step.gradientNorm()).isEqualTo(0.0);
    assertThat(model.values(0)).containsExactly(1.0, 2.0);
  }

  @Test
  void withoutAnyGradientTheCapApplies() {
    model.minimize(builder -> builder.maxLearningRate(0.25), 0, 1);
    assertThat(model.step(0.5, null, null).stepSizes()).containsExactly(0.25);
  }

  @Test
  void tensorflowsSemanticsRefuseToGoWithoutAny() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.minimize(b -> b.semantics(Semantics.TF1), 0, 1))
        .withMessage(
            "no variable has a gradient, which the semantics TF1 refuses;"
                + " use PYTORCH for such a step");
  }
}
