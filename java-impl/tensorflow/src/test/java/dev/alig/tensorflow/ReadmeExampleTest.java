package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.TruncatedNormal;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** The example of the README, run; and a check that it is the README's to the letter. */
class ReadmeExampleTest {
  private static final int POINTS = 200;

  private final List<Float> losses = new ArrayList<>();
  private final List<Double> stepSizes = new ArrayList<>();

  /** Clusters at the corners of a square, of which opposite ones share a class. */
  @Test
  void aNetworkSeparatesClustersAndGoesOnFromACheckpoint(@TempDir Path folder) {
    String checkpoint = folder.resolve("network").toString();
    try (Graph graph = new Graph();
        TFloat32 points = TFloat32.tensorOf(Shape.of(POINTS, 2));
        TFloat32 labels = TFloat32.tensorOf(Shape.of(POINTS, 2))) {
      draw(points, labels);
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Operand<TFloat32> loss = loss(tf, x, y);

      AliG optimizer = AliG.builder(graph).maxLearningRate(1).momentum(0.9).build();
      Op train = optimizer.minimize(loss);
      try (Session session = new Session(graph)) {
        for (int step = 0; step < 100; step++) {
          Session.Runner runner = session.runner().feed(x, points).feed(y, labels);
          runner.addTarget(train).fetch(loss).fetch(optimizer.stepSize());
          try (Result result = runner.run()) {
            losses.add(((TFloat32) result.get(0)).getFloat());
            stepSizes.add(((TFloat64) result.get(1)).getDouble());
          }
        }
        session.save(checkpoint);
      }

      assertThat(losses.get(0)).isGreaterThan(0.3f);
      assertThat(losses.get(99)).isLessThan(1e-3f);
      assertThat(stepSizes).allSatisfy(size -> assertThat(size).isBetween(0.0, 1.0));
      try (Session resumed = new Session(graph)) {
        resumed.restore(checkpoint);
        Session.Runner runner = resumed.runner().feed(x, points).feed(y, labels).fetch(loss);
        try (Result result = runner.run()) {
          assertThat(((TFloat32) result.get(0)).getFloat()).isLessThan(1e-3f);
        }
      }
    }
  }

  private static void draw(TFloat32 points, TFloat32 labels) {
    Random random = new Random(1);
    for (int i = 0; i < POINTS; i++) {
      int right = random.nextInt(2);
      int top = random.nextInt(2);
      points.setFloat((float) (2 * right - 1 + 0.2 * random.nextGaussian()), i, 0);
      points.setFloat((float) (2 * top - 1 + 0.2 * random.nextGaussian()), i, 1);
      labels.setFloat(right ^ top, i, 1);
      labels.setFloat(1 - (right ^ top), i, 0);
    }
  }

  private static Operand<TFloat32> loss(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    Operand<TFloat32> hidden = tf.math.tanh(layer(tf, x, 2, 16));
    Operand<TFloat32> logits = layer(tf, hidden, 16, 2);
    return tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
  }

  private static Operand<TFloat32> layer(Ops tf, Operand<TFloat32> x, int in, int out) {
    Operand<TFloat32> start =
        tf.random.truncatedNormal(
            tf.constant(new int[] {in, out}), TFloat32.class, TruncatedNormal.seed(1L));
    Variable<TFloat32> weights = tf.variable(start);
    Variable<TFloat32> bias = tf.variable(tf.constant(new float[out]));
    return tf.math.add(tf.linalg.matMul(x, weights), bias);
  }

  @Test
  void theReadmeShowsThisExample() throws IOException {
    Path here = Path.of("src/test/java/dev/alig/tensorflow/ReadmeExampleTest.java");
    String source = withoutIndent(Files.readString(here));
    List<String> snippets = snippets(Files.readString(Path.of("../../README.md")));
    assertThat(snippets).hasSize(1);
    assertThat(snippets).allSatisfy(snippet -> assertThat(source).contains(snippet));
  }

  private static List<String> snippets(String readme) {
    List<String> snippets = new ArrayList<>();
    Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    while (blocks.find()) {
      if (blocks.group(1).contains("AliG.builder(graph)")) {
        snippets.add(withoutIndent(blocks.group(1)).strip());
      }
    }
    return snippets;
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }
}
