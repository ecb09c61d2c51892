package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.alig.MomentumForm;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Steps on one thread, and on TensorFlow's pools of several, with sizes that a kernel leaves to one
 * thread and sizes that it shares out. Each runs in a process of its own, since the pool that
 * kernels share is made by the first session of a process, for all of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class ThreadPoolsTest {
  private static final int STEPS = 2;
  private static final List<Integer> SIZES = List.of(1, 4_099, 300_000);

  /** What one step size, and the values and momentum of all steps, were. */
  private record Taken(String what, double stepSize, int hash) {
    static Taken parse(String line) {
      String[] fields = line.split(" ", -1);
      return new Taken(fields[0], Double.parseDouble(fields[1]), Integer.parseInt(fields[2]));
    }

    @Override
    public String toString() {
      return what + " " + stepSize + " " + hash;
    }
  }

  private static List<Taken> taken(int within, int between)
      throws IOException, InterruptedException {
    return ChildJvm.run(ThreadPoolsTest.class, Integer.toString(within), Integer.toString(between))
        .stream()
        .map(Taken::parse)
        .toList();
  }

  /** A cap below every step size makes all step sizes equal, whatever the order of summation. */
  @Test
  void givenTheStepSizeNoBitDependsOnThreads() throws IOException, InterruptedException {
    List<Taken> alone = taken(1, 1);
    List<Taken> pooled = taken(4, 4);
    assertThat(alone).hasSize(SIZES.size() * MomentumForm.values().length * 2);
    assertThat(pooled).hasSameSizeAs(alone);
    for (int i = 0; i < alone.size(); i++) {
      if (alone.get(i).what().contains("capped")) {
        assertThat(pooled.get(i)).isEqualTo(alone.get(i));
      }
      // Two sums of n squares, each rounded 2n times at most, in denominators rounded twice.
      double size = Integer.parseInt(alone.get(i).what().split("-", -1)[0]);
      double stepSize = alone.get(i).stepSize();
      double allowed = stepSize * 2 * (2 * size + 2) * 0x1p-24;
      assertThat(pooled.get(i).stepSize()).isCloseTo(stepSize, offset(allowed));
    }
  }

  /** Prints the steps on pools of so many threads within an operation and between operations. */
  public static void main(String[] arguments) {
    int within = Integer.parseInt(arguments[0]);
    int between = Integer.parseInt(arguments[1]);
    for (int size : SIZES) {
      for (MomentumForm form : MomentumForm.values()) {
        System.out.println(steps(size + "-capped-" + form, size, form, 1e-9, within, between));
        double uncapped = Double.POSITIVE_INFINITY;
        System.out.println(steps(size + "-free-" + form, size, form, uncapped, within, between));
      }
    }
  }

  private static Taken steps(
      String what, int size, MomentumForm form, double cap, int within, int between) {
    Random random = new Random(5);
    float[] start = new float[size];
    float[] gradient = new float[size];
    for (int i = 0; i < size; i++) {
      start[i] = (float) random.nextGaussian();
      gradient[i] = (float) random.nextGaussian();
    }
    ConfigProto pools =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(within)
            .setInterOpParallelismThreads(between)
            .setUsePerSessionThreads(true)
            .build();
    try (Graph graph = new Graph();
        TFloat32 startTensor = TFloat32.tensorOf(NdArrays.vectorOf(start));
        TFloat32 gradientTensor = TFloat32.tensorOf(NdArrays.vectorOf(gradient))) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.variable(tf.constant(startTensor));
      Operand<TFloat32> g = tf.placeholder(TFloat32.class);
      AliG optimizer =
          AliG.builder(graph).maxLearningRate(cap).momentum(0.9).momentumForm(form).build();
      Op train =
          optimizer.applyGradients(
              tf.constant(1f), List.of(new GradAndVar<>(g.asOutput(), w.asOutput())), "train");
      Output<TFloat64> stepSize = optimizer.stepSize();
      double taken = 0;
      try (Session session = new Session(graph, pools)) {
        for (int step = 0; step < STEPS; step++) {
          try (Result result =
              session.runner().feed(g, gradientTensor).addTarget(train).fetch(stepSize).run()) {
            taken = ((TFloat64) result.get(0)).getDouble();
          }
        }
        Operand<TFloat32> slot = optimizer.getSlot(w.asOutput(), AliG.MOMENTUM).orElseThrow();
        int hash = Objects.hash(Values.of(session, w), Values.of(session, slot));
        return new Taken(what, taken, hash);
      }
    }
  }
}
