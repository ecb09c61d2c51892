package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.alig.MomentumForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What a run that was saved and taken up again comes to, and what TensorFlow would lose. */
class CheckpointTest {
  private static final int STEPS = 6;

  @TempDir private Path folder;

  /** A least-squares problem that two steps do not solve, and its optimizer. */
  private static final class Problem implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Variable<TFloat32> w =
        tf.withName("w").variable(tf.constant(new float[] {0.3f, -2, 1.7f}));
    private final Operand<TFloat32> loss =
        tf.withName("loss")
            .nn
            .l2Loss(
                tf.math.sub(
                    tf.math.mul(w, tf.constant(new float[] {1, 0.3f, 2.1f})),
                    tf.constant(new float[] {2, 1, -0.7f})));
    private final AliG optimizer;
    private final Op train;

    private Problem(MomentumForm form) {
      optimizer =
          AliG.builder(graph)
              .maxLearningRate(0.1)
              .momentum(0.9)
              .momentumForm(form)
              .l2Ball(1.5)
              .build();
      train = optimizer.minimize(loss, "train");
    }

    private List<List<Double>> state(Session session) {
      return Values.ofAll(session, List.of(w, slot(), loss));
    }

    private Variable<TFloat32> slot() {
      return optimizer.getSlot(w.asOutput(), AliG.MOMENTUM).orElseThrow();
    }

    private void run(Session session, int steps) {
      for (int step = 0; step < steps; step++) {
        session.run(train);
      }
    }

    /** Where a run without a break ends. */
    private List<List<Double>> uninterrupted() {
      try (Session session = new Session(graph)) {
        session.run(optimizer.projection());
        run(session, STEPS);
        return state(session);
      }
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  private String prefix() {
    return folder.resolve("checkpoint").toString();
  }

  @ParameterizedTest
  @EnumSource
  void aRunInAnotherProcessGoesOnBitForBit(MomentumForm form) {
    List<List<Double>> expected;
    try (Problem first = new Problem(form)) {
      expected = first.uninterrupted();
      try (Session session = new Session(first.graph)) {
        session.run(first.optimizer.projection());
        first.run(session, 2);
        session.save(prefix());
      }
    }
    try (Problem second = new Problem(form);
        Session session = new Session(second.graph)) {
      session.restore(prefix());
      second.run(session, STEPS - 2);
      assertThat(second.state(session)).isEqualTo(expected);
    }
  }

  @Test
  void aSavedModelGoesOnBitForBit() throws IOException {
    List<List<Double>> expected;
    String slot;
    try (Problem problem = new Problem(MomentumForm.STANDARD)) {
      expected = problem.uninterrupted();
      slot = problem.slot().op().name();
      try (Session session = new Session(problem.graph)) {
        session.run(problem.optimizer.projection());
        problem.run(session, 2);
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(Signature.builder().output("loss", problem.loss).build())
            .export();
      }
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      Session session = bundle.session();
      for (int step = 2; step < STEPS; step++) {
        session.run("train");
      }
      List<List<Double>> actual = new ArrayList<>();
      try (Result result = session.runner().fetch("w").fetch(slot).fetch("loss").run()) {
        result.forEach(entry -> actual.add(Values.of(entry.getValue())));
      }
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void whatAStepReportsIsFoundByNameInASavedModel() throws IOException {
    List<String> names = new ArrayList<>();
    try (Problem problem = new Problem(MomentumForm.ADJUSTED);
        Session session = new Session(problem.graph)) {
      AliG optimizer = problem.optimizer;
      session.run(optimizer.projection());
      for (Output<TFloat64> output :
          List.of(
              optimizer.stepSize(),
              optimizer.unclippedStepSize(),
              optimizer.gradientNorm(),
              optimizer.stepSizes().get(0))) {
        names.add(output.op().name());
      }
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withSignature(Signature.builder().output("loss", problem.loss).build())
          .export();
    }
    assertThat(names)
        .containsExactly(
            "AliG/mean_step_size",
            "AliG/unclipped_step_size",
            "AliG/gradient_norm",
            "AliG/step_size");
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      Session.Runner runner = bundle.session().runner().addTarget("train");
      names.forEach(runner::fetch);
      try (Result result = runner.run()) {
        assertThat(Values.of(result.get(0))).containsExactly(0.1);
        assertThat(Values.of(result.get(1)).get(0)).isGreaterThan(0.1);
      }
    }
  }

  @Test
  void momentumThatTheSaverWouldMissIsRefused() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> loss = savedLoss(graph);
      assertThatIllegalStateException()
          .isThrownBy(() -> AliG.builder(graph).momentum(0.5).build().minimize(loss))
          .withMessageContaining("checkpoints would lack the optimizer's state")
          .withMessageContaining("call minimize before the first save, restore or export");
    }
  }

  @Test
  void withoutMomentumThereIsNothingToMiss() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> loss = savedLoss(graph);
      assertThat(new AliG(graph, 0.1).minimize(loss)).isNotNull();
    }
  }

  @Test
  void theMarkOfTheFirstProjectionWouldBeMissedToo() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> loss = savedLoss(graph);
      assertThatIllegalStateException()
          .isThrownBy(() -> AliG.builder(graph).l2Ball(1).build().minimize(loss));
    }
  }

  @Test
  void unsavedMomentumCanBeAccepted() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> loss = savedLoss(graph);
      Op train = AliG.builder(graph).momentum(0.5).acceptUnsavedMomentum().build().minimize(loss);
      try (Session session = new Session(graph)) {
        session.run(train);
        assertThat(Values.scalar(session, loss)).isFinite();
      }
    }
  }

  /** A loss in a graph that has been saved already. */
  private Operand<TFloat32> savedLoss(Graph graph) {
    Ops tf = Ops.create(graph);
    Operand<TFloat32> loss = tf.nn.l2Loss(tf.withName("w").variable(tf.constant(1f)));
    try (Session session = new Session(graph)) {
      session.initialize();
      session.save(prefix());
    }
    return loss;
  }
}
