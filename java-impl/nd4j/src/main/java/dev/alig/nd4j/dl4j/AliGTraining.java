package dev.alig.nd4j.dl4j;

import dev.alig.Settings;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
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
import org.nd4j.linalg.factory.Nd4j;

/**
 * ALI-G at work on a network.
 *
 * <pre>{@code
 * network.init();
 * AliGTraining.attach(network);
 * network.fit(data, 10);
 * }</pre>
 *
 * <p>Each iteration of DL4J takes one step on all trained parameters together, in DL4J's own
 * memory, with the network's score as the loss; it is, bit for bit, the step of {@link AliG} on
 * {@code network.params()}. With several outputs the loss is their sum; they must have equally many
 * examples. Truncated back-propagation steps once a segment. Running statistics of batch
 * normalization and centers of center loss move as with any updater, and take part neither in the
 * norm nor in the projection; nor do frozen layers.
 *
 * <p>The attachment is to the network's updater. It lasts while listeners come and go, and is lost
 * where DL4J makes a new updater: in clones and restored networks, after {@code
 * NetworkUtils.setLearningRate}, {@code setUpdater} and {@code clear()}. Training then throws until
 * {@link #attach} is called again. Momentum is in the updater's state, which DL4J saves, clones and
 * carries along; only {@code MultiLayerNetwork.clear()} drops it.
 *
 * <p>Not thread safe, like the network.
 */
public final class AliGTraining {
  private final AliG optimizer;
  private final List<ParameterGroup> groups;
  private final List<StepListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable StepEvent last;

  private AliGTraining(AliG optimizer, List<ParameterGroup> groups) {
    this.optimizer = optimizer;
    this.groups = groups;
  }

  /**
   * Lets ALI-G train a network whose updater is {@link AliGUpdater}.
   *
   * <p>A network that has not been trained yet is projected onto the ball now, as the original does
   * when it is constructed. One that has is left alone, so that a resumed run goes on bit for bit.
   *
   * @param network an initialized network
   * @param listeners who hears of each step
   * @throws IllegalArgumentException if the configuration has something that ALI-G cannot do
   *     justice to: penalties, clipped gradients, other updaters, another optimization algorithm;
   *     the message says where, why, and what to do instead
   * @throws IllegalStateException if the network is not initialized
   */
  public static AliGTraining attach(MultiLayerNetwork network, StepListener... listeners) {
    return attach(new Network.Stack(network), List.of(listeners));
  }

  /** As {@link #attach(MultiLayerNetwork, StepListener...)}. */
  public static AliGTraining attach(ComputationGraph network, StepListener... listeners) {
    return attach(new Network.Graph(network), List.of(listeners));
  }

  /** Whatever is made here must outlive a workspace that is open. */
  @SuppressWarnings("try")
  private static AliGTraining attach(Network network, List<StepListener> listeners) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      BaseMultiLayerUpdater<?> updater = Refusals.requireUpdater(network);
      Layout layout = Layout.of(updater, network);
      Settings settings = Refusals.requireSound(network, layout);
      Binding binding = new Binding(layout, network.model().params(), updater);
      AliGBuilder builder = AliG.builder().settings(settings);
      if (network.iterations() > 0) {
        builder.withoutFirstProjection();
      }
      AliGTraining training = new AliGTraining(binding.build(builder), binding.groups());
      training.listeners.addAll(listeners);
      binding.attach(
          new GlobalStep(
              network, training.optimizer, training.groups, binding.gradients(), training::tell));
      return training;
    }
  }

  /** The groups, in the order of a report's step sizes. */
  public List<ParameterGroup> groups() {
    return groups;
  }

  /** Lets one more listener hear of each step. */
  public void addListener(StepListener listener) {
    listeners.add(listener);
  }

  /** The last step; empty before the first. */
  public Optional<StepEvent> lastStep() {
    return Optional.ofNullable(last);
  }

  /** √Σ‖w‖² over the trained parameters; costs a pass over them. */
  public double parameterNorm() {
    return optimizer.parameterNorm();
  }

  private void tell(StepEvent event) {
    last = event;
    listeners.forEach(listener -> listener.onStep(optimizer, event));
  }
}
