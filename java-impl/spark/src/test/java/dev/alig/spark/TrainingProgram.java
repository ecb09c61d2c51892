package dev.alig.spark;

import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A driver of its own, which {@code ci/spark} starts and kills. It prints a line per step, and at
 * the end the checksum of the parameters and the momentum.
 */
final class TrainingProgram {
  private static final int FEATURES = 100;
  private static final int CLASSES = 10;
  private static final int EXAMPLES = 8;
  private static final long SEED = 7;

  /** The first word of the lines that the program prints. */
  static final String STEP = "step";

  static final String RESULT = "result";
  static final String SPECULATED = "speculated";

  /**
   * What to train.
   *
   * @param parameters about how many
   * @param steps how many, in two epochs
   * @param perStep micro-batches in a step
   */
  record Task(int parameters, int steps, int perStep) {
    int microBatches() {
      return steps / 2 * perStep;
    }

    MultiLayerNetwork network() {
      int width = Math.max(4, parameters / (FEATURES + CLASSES + 5));
      return Examples.stack(
          Examples.base(AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build()),
          InputType.feedForward(FEATURES),
          new DenseLayer.Builder().nOut(width).build(),
          new BatchNormalization.Builder().build(),
          new DropoutLayer.Builder(0.8).build(),
          new OutputLayer.Builder(LossFunction.MCXENT)
              .nOut(CLASSES)
              .activation(Activation.SOFTMAX)
              .build());
    }

    /** Micro-batches of different sizes. */
    DataSet microBatch(int number) {
      Nd4j.getRandom().setSeed(number + 1);
      int examples = EXAMPLES + number % 3;
      int[] classes = IntStream.range(0, examples).map(i -> (number + i) % CLASSES).toArray();
      return new DataSet(
          Nd4j.randn(DataType.FLOAT, examples, FEATURES),
          Nd4j.eye(CLASSES).castTo(DataType.FLOAT).get(Nd4j.createFromArray(classes)));
    }

    /** The checksum of the same training without Spark. */
    String serial() {
      List<DataSet> data = IntStream.range(0, microBatches()).mapToObj(this::microBatch).toList();
      return checksum(Serial.train(network(), data, perStep, 2, SEED));
    }
  }

  private TrainingProgram() {}

  static String checksum(MultiLayerNetwork network) {
    CRC32C checksum = new CRC32C();
    Examples.state(network)
        .forEach(
            value -> {
              long bits = Double.doubleToLongBits(value);
              for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                checksum.update((int) (bits >>> shift));
              }
            });
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  /**
   * Trains.
   *
   * @param arguments master, number of parameters, steps, micro-batches in a step, tasks in a step,
   *     folder of checkpoints or "-", file whose creation marks that a task has been slow or "-",
   *     and settings of Spark as name=value
   */
  public static void main(String[] arguments) throws IOException {
    Task task =
        new Task(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    SparkConf conf = Sparks.clusterConf(arguments[0]).set("spark.executor.memory", "2g");
    Arrays.stream(arguments)
        .skip(7)
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> conf.set(setting[0], setting[1]));
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      context.sc().addSparkListener(speculation());
      MultiLayerNetwork network = task.network();
      SparkAliG.Builder builder =
          SparkAliG.builder(context, network)
              .microBatchesPerStep(task.perStep())
              .tasksPerStep(Integer.parseInt(arguments[4]))
              .seed(SEED)
              .listeners(progress());
      if (!arguments[5].equals("-")) {
        builder.checkpoints(Path.of(arguments[5]), 3).resume();
      }
      builder.build().fitPaths(paths(task), loader(task, arguments[6]), 2);
      System.out.println(RESULT + " " + checksum(network));
    }
  }

  private static List<String> paths(Task task) {
    return IntStream.range(0, task.microBatches()).mapToObj(Integer::toString).toList();
  }

  private static MicroBatchLoader<DataSet> loader(Task task, String slow) {
    int parameters = task.parameters();
    int steps = task.steps();
    int perStep = task.perStep();
    return path -> {
      int number = Integer.parseInt(path);
      if (number == 2 * perStep && !slow.equals("-") && create(Path.of(slow))) {
        Thread.sleep(60_000);
      }
      return new Task(parameters, steps, perStep).microBatch(number);
    };
  }

  private static boolean create(Path file) throws IOException {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException again) {
      return false;
    }
  }

  private static StepListener progress() {
    List<Long> before = new ArrayList<>(List.of(System.nanoTime()));
    return (optimizer, event) -> {
      long now = System.nanoTime();
      System.out.println(
          STEP + " " + event.iteration() + " " + (now - before.set(0, now)) / 1_000_000);
    };
  }

  /** Says when the copy of a slow task was the first to end. */
  private static SparkListener speculation() {
    return new SparkListener() {
      @Override
      public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskInfo().speculative() && end.taskInfo().successful()) {
          System.out.println(SPECULATED);
        }
      }
    };
  }
}
