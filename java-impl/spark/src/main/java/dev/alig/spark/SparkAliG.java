package dev.alig.spark;

import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains a Deeplearning4j network with ALI-G on a Spark cluster.
 *
 * <pre>{@code
 * network.init();
 * SparkAliG training = SparkAliG.builder(context, network).microBatchesPerStep(16).build();
 * training.fit(data, 10);
 * }</pre>
 *
 * <p>Each element of the data is one micro-batch. A step takes the next {@code microBatchesPerStep}
 * of them, in the order of the data; the last step of an epoch may have fewer. The executors
 * compute the gradients, all at the same parameters, and the driver takes one step on the mean loss
 * and the mean gradient of all examples. That is what {@link AliGTraining#gradient(
 * org.nd4j.linalg.dataset.api.DataSet, long, long)} and {@link AliGTraining#step(
 * dev.alig.nd4j.GradientSum)} do in one process, and it gives the same bits: for any number of
 * partitions, tasks and executors, after lost executors, repeated tasks and a resumed run, as long
 * as processors of one kind compute with equally many threads.
 *
 * <p>The network's parameters change in the driver, in the network's own memory. DL4J's listeners
 * in the driver hear of gradients, iterations and epochs.
 *
 * <p>Not thread-safe.
 */
public final class SparkAliG {
  private final JavaSparkContext context;
  private final Network network;
  private final AliGTraining training;
  private final Options options;
  private boolean used;

  private SparkAliG(
      JavaSparkContext context, Network network, AliGTraining training, Options options) {
    this.context = context;
    this.network = network;
    this.training = training;
    this.options = options;
  }

  /** A training of a stack of layers; it must be initialized, with {@code AliGUpdater}. */
  public static Builder builder(JavaSparkContext context, MultiLayerNetwork network) {
    return new Builder(context, new Network.Stack(network));
  }

  /** A training of a graph; it must be initialized, with {@code AliGUpdater}. */
  public static Builder builder(JavaSparkContext context, ComputationGraph network) {
    return new Builder(context, new Network.Graph(network));
  }

  /**
   * Trains for some epochs. Each epoch takes the micro-batches in the same order.
   *
   * <p>The RDD is read twice before the first step, and its data are kept as bytes in Spark's cache
   * until the end. If making it is expensive, {@code persist} it.
   *
   * @param data one element per micro-batch
   * @param epochs how many; in a resumed run those before it count too
   * @throws IllegalArgumentException if there are no data, or a step's results are larger than
   *     {@code spark.driver.maxResultSize}
   * @throws IllegalStateException if a micro-batch fails again and again, or the run cannot be
   *     resumed; the message says why
   */
  public void fit(JavaRDD<DataSet> data, int epochs) {
    fitMultiDataSet(data.map(DataSet::toMultiDataSet), epochs);
  }

  /** As {@link #fit}, for several inputs and outputs. */
  public void fitMultiDataSet(JavaRDD<MultiDataSet> data, int epochs) {
    run(() -> new StoredData(context, data, options), epochs);
  }

  /**
   * As {@link #fit}, on micro-batches that the executors read when they need them. This is the
   * better way if the data are larger than the memory of the cluster.
   *
   * @param paths one per micro-batch, which every executor can read
   * @param loader reads a micro-batch
   */
  public void fitPaths(List<String> paths, MicroBatchLoader<DataSet> loader, int epochs) {
    run(() -> new PathData(context, paths, loader, options), epochs);
  }

  /** As {@link #fitPaths}, for several inputs and outputs. */
  public void fitMultiDataSetPaths(
      List<String> paths, MicroBatchLoader<MultiDataSet> loader, int epochs) {
    run(() -> new PathData(context, paths, loader, options), epochs);
  }

  private void run(Supplier<EpochData> data, int epochs) {
    Options.requirePositive("epochs", epochs);
    Requirements.requireRunning(context);
    if (used && options.checkpoints().isPresent()) {
      throw new IllegalStateException(
          "a folder of checkpoints serves one call of fit; build another SparkAliG with another folder");
    }
    used = true;
    try (EpochData opened = data.get();
        Run run = new Run(context, network, training, options, opened)) {
      run.train(epochs);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw MicroBatchException.in(e)
          .<RuntimeException>map(found -> found)
          .orElseGet(() -> unchecked(e));
    }
  }

  private static RuntimeException unchecked(Exception failure) {
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("Spark failed: " + failure.getMessage(), failure);
  }

  /** The optimizer in the driver: its groups, its last step, and a place for more listeners. */
  public AliGTraining training() {
    return training;
  }

  /** Choices of a {@link SparkAliG}. Only {@link #microBatchesPerStep} has no default. */
  public static final class Builder {
    private final JavaSparkContext context;
    private final Network network;
    private int microBatchesPerStep;
    private Optional<Integer> tasksPerStep = Optional.empty();
    private long seed = 1;
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private boolean resume;
    private UnequalExecutors unequalExecutors = UnequalExecutors.WARN;
    private StepListener[] listeners = {};

    private Builder(JavaSparkContext context, Network network) {
      this.context = context;
      this.network = network;
    }

    /** The number of micro-batches in a step. It decides what is computed; machines do not. */
    public Builder microBatchesPerStep(int number) {
      microBatchesPerStep = number;
      return this;
    }

    /**
     * The number of Spark tasks in a step. It changes no bit. The default is the number of
     * processors that Spark has when {@code fit} is called, or one per micro-batch if these are
     * fewer.
     */
    public Builder tasksPerStep(int number) {
      tasksPerStep = Optional.of(number);
      return this;
    }

    /** The seed of dropout and noise; the default is 1. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Saves the run after every so many steps and at the end, in {@code checkpoint.zip}. It is a
     * model file of DL4J, with the momentum and the position of the run.
     *
     * @param folder a folder of the driver's machine, for one call of {@code fit}
     */
    public Builder checkpoints(Path folder, int everySteps) {
      checkpoints = Optional.of(new Checkpoints(folder, everySteps));
      return this;
    }

    /**
     * Lets {@code fit} go on from the checkpoint in the folder, if there is one. The number of
     * tasks and executors may be another; data, seed and network must be the same.
     */
    public Builder resume() {
      resume = true;
      return this;
    }

    /** What to do if executors compute different bits; the default is to warn. */
    public Builder unequalExecutors(UnequalExecutors policy) {
      unequalExecutors = policy;
      return this;
    }

    /** Are called in the driver after each step. */
    public Builder listeners(StepListener... all) {
      listeners = all.clone();
      return this;
    }

    /**
     * Attaches ALI-G to the network.
     *
     * @throws IllegalArgumentException if a choice is out of range, ALI-G cannot train the network,
     *     or Spark has another serializer than Java's
     * @throws IllegalStateException if the network is not initialized, or the context is stopped
     */
    public SparkAliG build() {
      Options options =
          new Options(
              microBatchesPerStep, tasksPerStep, seed, checkpoints, resume, unequalExecutors);
      Requirements.requireRunning(context);
      Requirements.requireJavaSerializer(context.getConf());
      return new SparkAliG(context, network, network.attach(listeners), options);
    }
  }
}
