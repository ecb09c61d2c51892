package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** The l2 ball: before the first step and after each one. */
class ProjectionTest {
  /**
   * Of the largest value: each of 5 steps and 6 projections rounds an element less than 10 times
   * and sums 6 squares, all of which a later step multiplies by less than 2 (momentum 0.5).
   */
  private static final double TOLERANCE = 11 * 16 * 32 * 0x1p-53;

  /** 1/10 and 5/10 round to 0.5 in every type. */
  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class})
  <T extends TNumber> void theNormRunsOverAllVariables(Class<T> type) {
    try (Model<T> model = new Model<>(type, new double[] {6}, new double[] {0, 8})) {
      model.minimize(builder -> builder.l2Ball(5));
      assertThat(model.values(0)).containsExactly(3.0);
      assertThat(model.values(1)).containsExactly(0.0, 4.0);
    }
  }

  @Test
  void aPointInsideTheBallIsLeftAlone() {
    try (Model<TFloat32> model = new Model<>(TFloat32.class, new double[] {0.1, -0.7})) {
      model.minimize(builder -> builder.l2Ball(1));
      assertThat(model.values(0)).containsExactly((double) 0.1f, (double) -0.7f);
    }
  }

  @Test
  void aStepThatLeavesTheBallEndsOnIt() {
    try (Model<TFloat64> model = new Model<>(TFloat64.class, new double[] {3, 4})) {
      model.minimize(builder -> builder.maxLearningRate(1).l2Ball(5));
      model.step(1000, new double[] {-3, -4});
      assertThat(model.values(0)).containsExactly(3.0, 4.0);
    }
  }

  @Test
  void itComesAfterTheUpdatesOfAllVariables() {
    double[] outward = {-1};
    double[][] start = new double[100][];
    Arrays.setAll(start, i -> new double[] {0.5});
    double[][] gradients = new double[100][];
    Arrays.fill(gradients, outward);
    try (Model<TFloat64> model = new Model<>(TFloat64.class, start)) {
      model.minimize(builder -> builder.maxLearningRate(0.5).eps(0).l2Ball(5));
      for (int step = 0; step < 50; step++) {
        model.step(1000, gradients);
        // 100 times 1² has norm 10, and 5/10 brings each back.
        assertThat(Values.ofAll(model.session(), model.variables))
            .allSatisfy(values -> assertThat(values).containsExactly(0.5));
      }
    }
  }

  @Test
  void aVariableWithoutGradientIsProjectedAsWell() {
    try (Model<TFloat64> model = new Model<>(TFloat64.class, new double[] {0}, new double[] {4})) {
      model.minimize(builder -> builder.maxLearningRate(1).l2Ball(4), 1);
      model.step(1000, new double[] {-4}, null);
      double half = 4 * (1 / Math.sqrt(32)) * 4;
      assertThat(model.values(1).get(0)).isCloseTo(half, offset(4 * 0x1p-53 * half));
    }
  }

  @Test
  void theMomentumIsNotProjected() {
    try (Model<TFloat64> model = new Model<>(TFloat64.class, new double[] {4})) {
      model.minimize(builder -> builder.maxLearningRate(1).momentum(0.5).l2Ball(4));
      model.step(1000, new double[] {-4});
      assertThat(model.momentum(0)).containsExactly(4.0);
    }
  }

  @Test
  void aBallOfRadiusZeroIsTheOrigin() {
    try (Model<TFloat32> model = new Model<>(TFloat32.class, new double[] {3, 4})) {
      model.minimize(builder -> builder.l2Ball(0));
      assertThat(model.values(0)).containsExactly(0.0, 0.0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void runsLikeTheTwin(double momentum) {
    Random random = new Random(3);
    Settings settings = Settings.builder().ball(new L2Ball(2)).build();
    double[] start = random.doubles(6, -2, 2).toArray();
    GroupSettings group = new GroupSettings(0.5, momentum);
    Twin.Group own = new Twin.Group(group, start.clone());
    Twin twin = new Twin(Twin.precision(TFloat64.class), Semantics.PYTORCH, settings, own);
    try (Model<TFloat64> model = new Model<>(TFloat64.class, start)) {
      model.minimize(b -> b.settings(settings).maxLearningRate(0.5).momentum(momentum));
      for (int step = 0; step < 5; step++) {
        double[] gradient = random.doubles(6, -1, 1).toArray();
        twin.step(3, gradient);
        model.step(3, gradient);
        assertClose(model.values(0), twin.values(0));
      }
    }
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), offset(TOLERANCE * largest));
    }
  }

  @Test
  void aStepBeforeTheFirstProjectionIsRefusedAndChangesNothing() {
    try (Model<TFloat64> model = new Model<>(TFloat64.class, new double[] {3, 4})) {
      model.minimize(builder -> builder.maxLearningRate(1).momentum(0.5).l2Ball(1));
      try (Session fresh = new Session(model.graph)) {
        assertThatThrownBy(() -> run(fresh, model))
            .hasMessageContaining("have not been projected onto the l2 ball yet")
            .hasMessageContaining("run projection() of the optimizer once, before the first step");
        assertThat(Values.of(fresh, model.variables.get(0))).containsExactly(3.0, 4.0);
        fresh.run(model.optimizer().projection());
        run(fresh, model);
      }
    }
  }

  private static void run(Session session, Model<?> model) {
    try (TFloat64 loss = TFloat64.scalarOf(1);
        TFloat64 gradient = TFloat64.vectorOf(1, 1);
        Result result = model.run(session, loss, gradient)) {
      assertThat(result.size()).isZero();
    }
  }

  @Test
  void withoutABallThereIsNone() {
    try (Model<TFloat32> model = new Model<>(TFloat32.class, new double[] {1})) {
      model.minimize(builder -> {});
      assertThatThrownBy(model.optimizer()::projection)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("there is no ball; set one with l2Ball(radius)");
    }
  }

  @Test
  void aSkippedStepDoesNotProject() {
    Settings settings = Settings.builder().ball(new L2Ball(5)).nonFinite(NonFinite.SKIP).build();
    try (Model<TFloat64> model = new Model<>(TFloat64.class, new double[] {3, 4})) {
      model.minimize(builder -> builder.settings(settings));
      Op outside = model.tf.assign(model.variables.get(0), model.tf.constant(new double[] {6, 8}));
      model.session().run(outside);
      model.step(Double.NaN, new double[] {1, 1});
      assertThat(model.values(0)).containsExactly(6.0, 8.0);
    }
  }
}
