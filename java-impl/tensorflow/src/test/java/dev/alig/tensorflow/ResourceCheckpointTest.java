package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;

/** What is saved of resource variables and their momentum. */
class ResourceCheckpointTest {
  private static final int STEPS = 5;

  @TempDir private Path folder;

  private static ResourceProblem<TFloat32> problem(MomentumForm form) {
    return new ResourceProblem<>(
        TFloat32.class,
        true,
        false,
        b -> b.maxLearningRate(0.1).momentum(0.9).momentumForm(form).l2Ball(2));
  }

  private String prefix() {
    return folder.resolve("checkpoint").toString();
  }

  /** Where a run without a break ends; it is saved after two steps. */
  private List<List<Double>> saved(MomentumForm form) {
    try (ResourceProblem<TFloat32> problem = problem(form);
        Session session = problem.begin()) {
      problem.steps(session, 2);
      session.save(prefix());
      problem.steps(session, STEPS - 2);
      return problem.state(session);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunGoesOnBitForBit(MomentumForm form) {
    List<List<Double>> expected = saved(form);
    try (ResourceProblem<TFloat32> problem = problem(form);
        Session session = new Session(problem.graph)) {
      session.restore(prefix());
      problem.steps(session, STEPS - 2);
      assertThat(problem.state(session)).isEqualTo(expected);
    }
  }

  @Test
  void eachVariableHasItsOwnNameInACheckpoint() {
    List<List<Double>> expected;
    try (ResourceProblem<TFloat32> problem = problem(MomentumForm.STANDARD);
        Session session = problem.begin()) {
      problem.steps(session, 2);
      session.save(prefix());
      expected = problem.state(session);
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Restore restore =
          tf.train.restore(
              tf.constant(prefix()),
              tf.constant(
                  NdArrays.vectorOfObjects("w", "w-momentum", "layer/b", "layer/b-momentum")),
              tf.constant(NdArrays.vectorOfObjects("", "", "", "")),
              List.of(TFloat32.class, TFloat32.class, TFloat32.class, TFloat32.class));
      assertThat(Values.ofAll(session, restore.tensors())).isEqualTo(expected.subList(0, 4));
    }
  }

  @Test
  void aSavedModelGoesOnBitForBit() throws IOException {
    List<List<Double>> expected;
    try (ResourceProblem<TFloat32> problem = problem(MomentumForm.STANDARD);
        Session session = problem.begin()) {
      problem.steps(session, 2);
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withSignature(Signature.builder().output("loss", problem.loss()).build())
          .export();
      problem.steps(session, STEPS - 2);
      expected = problem.state(session);
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      for (int step = 2; step < STEPS; step++) {
        bundle.session().run("train");
      }
      Session.Runner runner = bundle.session().runner();
      for (String name : List.of("w", "w-momentum", "layer/b", "layer/b-momentum", "loss")) {
        runner.fetch(Values.value(bundle.graph().operation(name).output(0)));
      }
      try (Result result = runner.run()) {
        for (int i = 0; i < expected.size(); i++) {
          assertThat(Values.of(result.get(i))).isEqualTo(expected.get(i));
        }
      }
    }
  }

  @Test
  void anOptimizerThatLeavesSavingToTheNextIsSavedByThat() {
    try (ResourceProblem<TFloat32> problem =
            new ResourceProblem<>(
                TFloat32.class, true, true, b -> b.momentum(0.9).acceptUnsavedMomentum());
        Session session = new Session(problem.graph)) {
      AliG second = AliG.builder(problem.graph).name("second").momentum(0.9).build();
      second.minimize(problem.loss());
      session.run("init");
      problem.steps(session, 1);
      List<List<Double>> expected = problem.state(session);
      session.save(prefix());
      problem.steps(session, 1);
      session.restore(prefix());
      assertThat(problem.state(session)).isEqualTo(expected);
    }
  }
}
