package dev.alig.nd4j.dl4j;

import dev.alig.Settings;
import dev.alig.StepReport;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.StepEvent;
import dev.alig.nd4j.StepListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a Deeplearning4j network with ALI-G.
 *
 * <pre>{@code
 * network.init();
 * AliGTraining.attach(network);
 * network.fit(data, 10);
 * }</pre>
 *
 * <p>Each iteration of DL4J takes one step on all trained parameters together, in DL4J's own
 * memory. The loss is the network's score. The step equals that of {@link AliG} on {@code
 * network.params()} bit for bit. The loss of several outputs is their sum; they must have the same
 * number of examples. Truncated back-propagation takes one step per segment. The running statistics
 * of batch normalization and the centers of center loss change as with any updater. They are not
 * part of the norm and of the projection; frozen layers are not either.
 *
 * <p>ALI-G is attached to the network's updater. If DL4J creates a new updater, it is no longer
 * attached, and {@code fit} throws until {@link #attach} is called again. DL4J does so for clones
 * and restored networks, and in {@code NetworkUtils.setLearningRate}, {@code setUpdater} and {@code
 * clear()}. The momentum is in the updater's state, which DL4J saves, clones and passes on. Only
 * {@code MultiLayerNetwork.clear()} drops it.
 *
 * <p>Not thread-safe, like the network.
 */
public final class AliGTraining {
  private final AliG optimizer;
  private final List<ParameterGroup> groups;
  private final MicroBatches microBatches;
  private final List<StepListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable StepEvent last;

  private AliGTraining(
      Network network, Layout layout, BaseMultiLayerUpdater<?> updater, AliGBuilder builder) {
    Binding binding = new Binding(layout, network.model().params(), updater);
    this.optimizer = binding.build(builder);
    this.groups = binding.groups();
    GlobalStep step =
        new GlobalStep(network, optimizer, groups, binding.gradients(), event -> tell(event));
    binding.attach(step);
    this.microBatches = new MicroBatches(network, layout, updater, step);
  }

  /**
   * Attaches ALI-G to a network whose updater is {@link AliGUpdater}.
   *
   * <p>If the network has not been trained yet, its parameters are projected onto the ball now, as
   * in the constructor of the authors' optimizer. The parameters of a trained network stay as they
   * are, so that a resumed run continues bit for bit.
   *
   * @param network an initialized network
   * @param listeners are called after each step
   * @throws IllegalArgumentException if ALI-G cannot train this configuration: it has penalties,
   *     clipped gradients, other updaters, another optimization algorithm, a kind of layer whose
   *     gradient is wrong, or one whose gradient has not been measured. The message says where,
   *     why, and what to do instead
   * @throws IllegalStateException if the network is not initialized
   */
  public static AliGTraining attach(MultiLayerNetwork network, StepListener... listeners) {
    return attach(new Network.Stack(network), List.of(listeners));
  }

  /** As {@link #attach(MultiLayerNetwork, StepListener...)}. */
  public static AliGTraining attach(ComputationGraph network, StepListener... listeners) {
    return attach(new Network.Graph(network), List.of(listeners));
  }

  /**
   * Measures whether a network's gradient is that of its score. {@link #attach} requires it if the
   * network has a part that this project has not measured: your own layer, loss, dropout or vertex,
   * or your subclass of a known one.
   *
   * <p>The slope (f(p + εg) − f(p − εg)) / (2ε‖g‖²) must be 1, where f is the score, p the
   * parameters and g the gradient. Every pass uses the same random numbers. The slope is measured
   * for the whole gradient and for each parameter array, because the sum can hide an error of one
   * array, and also along random directions. With truncated back-propagation each segment is
   * measured, from the state that the previous segment left.
   *
   * <p>The measurement uses a copy of the network in DOUBLE, at parameters close to the network's
   * own, so that no unit lies on the kink of a ReLU. It changes neither the network's parameters,
   * running statistics, counters and updater state, nor ND4J's random state. In DOUBLE the slope of
   * a right gradient is 1 within 1e-5. A network in FLOAT has the same layers; its rounding is not
   * measured. The network may have any updater. The measurement takes about ten passes, and four
   * more per parameter array.
   *
   * <p>If the gradient is right, {@link #attach} accepts this configuration for the rest of the
   * program: the same layers with the same settings, with any parameters, seeds and updaters. If
   * you restore a network in another program, measure it again there.
   *
   * @param network an initialized network
   * @param data training data; a few examples that the network does not fit yet are enough
   * @return the slope, and that of each parameter array
   * @throws IllegalStateException if the network is not initialized
   * @throws IllegalArgumentException if the gradient is 0 or not finite on these data
   */
  public static SlopeReport verifySlope(MultiLayerNetwork network, DataSet data) {
    return verifySlope(new Network.Stack(network), Minibatch.of(data));
  }

  /** As {@link #verifySlope(MultiLayerNetwork, DataSet)}. */
  public static SlopeReport verifySlope(ComputationGraph network, DataSet data) {
    return verifySlope(new Network.Graph(network), Minibatch.of(data));
  }

  /** As {@link #verifySlope(MultiLayerNetwork, DataSet)}, for several inputs and outputs. */
  public static SlopeReport verifySlope(ComputationGraph network, MultiDataSet data) {
    return verifySlope(new Network.Graph(network), Minibatch.of(data));
  }

  private static SlopeReport verifySlope(Network network, Minibatch data) {
    SlopeReport report = SlopeMeasurement.of(network, data, SlopeMeasurement.Layers.CORRECTED);
    GradientChecks.remember(network, report);
    return report;
  }

  /** Arrays created here must outlive any open workspace. */
  @SuppressWarnings("try")
  private static AliGTraining attach(Network network, List<StepListener> listeners) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      BaseMultiLayerUpdater<?> updater = Refusals.requireUpdater(network);
      Layout layout = Layout.of(updater, network);
      Settings settings = Refusals.requireSound(network, layout);
      CorrectedLayers.apply(network);
      AliGBuilder builder = AliG.builder().settings(settings);
      if (network.iterations() > 0) {
        builder.withoutFirstProjection();
      }
      AliGTraining training = new AliGTraining(network, layout, updater, builder);
      training.listeners.addAll(listeners);
      return training;
    }
  }

  /**
   * The gradient of a micro-batch: a part of the data of one step, which may be larger than the
   * memory. Sum the gradients of all parts with {@link GradientSum#plus}, then take the {@link
   * #step(GradientSum)}.
   *
   * <p>The parameters do not change, nor do the running statistics and counters. Dropout and noise
   * are drawn from the seed, the iteration and the index; ND4J's random state is put back.
   *
   * @param data the examples of this part
   * @param index the number of the part in its step, from 0; each index once
   * @param seed the same for all parts
   * @throws IllegalArgumentException if the index is out of range, or the outputs have different
   *     numbers of examples
   * @throws IllegalStateException if ALI-G is no longer attached, or back-propagation is truncated
   */
  public GradientSum gradient(DataSet data, long index, long seed) {
    return gradient(Minibatch.of(data), index, seed);
  }

  /** As {@link #gradient(DataSet, long, long)}, for several inputs and outputs. */
  public GradientSum gradient(MultiDataSet data, long index, long seed) {
    return gradient(Minibatch.of(data), index, seed);
  }

  @SuppressWarnings("try")
  private GradientSum gradient(Minibatch data, long index, long seed) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return microBatches.sum(data, index, seed);
    }
  }

  /**
   * Takes one step on the mean loss and the mean gradient of all examples of all micro-batches. It
   * does what an iteration of {@code fit} does after its passes: groups, schedules, projection,
   * constraints, listeners, counters.
   *
   * <p>Each pass of batch normalization uses the statistics of its own micro-batch. The running
   * statistics move by the mean of the micro-batches' updates, weighted by examples.
   *
   * @return what the step did
   * @throws IllegalStateException if a micro-batch is missing, the gradients were computed at other
   *     parameters or in another iteration, ALI-G is no longer attached, or back-propagation is
   *     truncated; nothing has changed then
   */
  @SuppressWarnings("try")
  public StepReport step(GradientSum sum) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return microBatches.step(sum);
    }
  }

  /** The groups, in the order of the step sizes of a report. */
  public List<ParameterGroup> groups() {
    return groups;
  }

  /** Adds a listener, which is called after each step. */
  public void addListener(StepListener listener) {
    listeners.add(listener);
  }

  /** The last step; empty before the first. */
  public Optional<StepEvent> lastStep() {
    return Optional.ofNullable(last);
  }

  /** √Σ‖w‖² over the trained parameters. It takes a pass over them. */
  public double parameterNorm() {
    return optimizer.parameterNorm();
  }

  private void tell(StepEvent event) {
    last = event;
    listeners.forEach(listener -> listener.onStep(optimizer, event));
  }
}
