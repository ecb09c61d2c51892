package dev.alig.spark;

import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.StateException;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@code fit}, in the driver. */
final class Run implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkAliG.class);

  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext context;
  private final Network network;
  private final AliGTraining training;
  private final Options options;
  private final EpochData data;
  private final Canaries canaries;
  private final Plan plan;
  private final Broadcast<Plan> sentPlan;
  private final String description;

  Run(
      JavaSparkContext context,
      Network network,
      AliGTraining training,
      Options options,
      EpochData data) {
    this.context = context;
    this.network = network;
    this.training = training;
    this.options = options;
    this.data = data;
    canaries = new Canaries(options.unequalExecutors(), LOG::warn);
    plan =
        new Plan(
            UUID.randomUUID().toString(),
            network instanceof Network.Graph,
            network.json(),
            options.seed(),
            data.first());
    sentPlan = context.broadcast(plan);
    description = context.getLocalProperty(DESCRIPTION);
  }

  void train(int epochs) {
    Requirements.requireResultsFit(
        context.getConf(), data.distribution(), network.model().params().length());
    long done = resumed();
    requireSameGradient();
    long perEpoch = data.distribution().steps();
    for (long step = done; step < epochs * perEpoch; step++) {
      context.setLocalProperty(
          DESCRIPTION, "ALI-G step %d of %d".formatted(step + 1, epochs * perEpoch));
      if (step % perEpoch == 0) {
        network.listeners().forEach(listener -> listener.onEpochStart(network.model()));
      }
      step(step % perEpoch);
      if ((step + 1) % perEpoch == 0) {
        network.listeners().forEach(listener -> listener.onEpochEnd(network.model()));
        network.setCounts(network.iterations(), network.epochs() + 1);
      }
      save(step + 1, step + 1 == epochs * perEpoch);
    }
  }

  private void step(long step) {
    Distribution distribution = data.distribution();
    Broadcast<Parameters> parameters = context.broadcast(Parameters.of(network));
    List<GradientTask.Result> results;
    try {
      long start = distribution.start(step);
      results =
          data.run(
              step, new GradientTask(sentPlan, parameters, start, start + distribution.size(step)));
    } finally {
      parameters.destroy();
    }
    results.forEach(result -> canaries.add(result.canary(), result.executor()));
    GradientSum sum = results.stream().map(Run::sum).reduce(GradientSum::plus).orElseThrow();
    if (sum.count() != distribution.size(step)) {
      throw new IllegalStateException(
          "the tasks of a step returned the gradients of %d micro-batches, not of %d"
              .formatted(sum.count(), distribution.size(step)));
    }
    List<String> nonFinite =
        results.stream().flatMap(result -> result.nonFinite().stream()).toList();
    if (!nonFinite.isEmpty()) {
      LOG.warn("a loss or a gradient is NaN or infinite: {}", String.join(", ", nonFinite));
    }
    try {
      training.step(sum);
    } catch (IllegalArgumentException e) {
      throw nonFinite.isEmpty() ? e : named(e, nonFinite);
    }
  }

  private static IllegalArgumentException named(
      IllegalArgumentException refused, List<String> nonFinite) {
    return new IllegalArgumentException(
        "%s; the loss or the gradient is not finite of %s"
            .formatted(refused.getMessage(), String.join(", ", nonFinite)),
        refused);
  }

  private static GradientSum sum(GradientTask.Result result) {
    try {
      return GradientSum.fromBytes(result.sum());
    } catch (StateException e) {
      throw new IllegalStateException(
          "the result of %s: %s".formatted(result.executor(), e.getMessage()), e);
    }
  }

  /** The number of steps that an earlier run has taken. */
  private long resumed() {
    if (options.checkpoints().isEmpty()) {
      return 0;
    }
    Checkpoints checkpoints = options.checkpoints().get();
    if (!options.resume() && Files.exists(checkpoints.file())) {
      throw new IllegalStateException(
          "there is a checkpoint already: %s; call resume() to go on from it, or use another folder"
              .formatted(checkpoints.file()));
    }
    return checkpoints
        .read(network)
        .map(saved -> Position.restore(saved, network, data, options, canaries))
        .orElse(0L);
  }

  private void save(long steps, boolean last) {
    options
        .checkpoints()
        .filter(checkpoints -> last || steps % checkpoints.everySteps() == 0)
        .ifPresent(
            checkpoints ->
                checkpoints.write(network, Position.facts(data, options, steps, canaries.first())));
  }

  /**
   * Executors make the network from its configuration. Throws if such a copy computes another
   * gradient than the network itself.
   */
  private void requireSameGradient() {
    MicroBatch first = data.first();
    Replica copy = Replica.of(plan);
    copy.set(Parameters.of(network));
    byte[] own = ownGradient(first);
    if (!Arrays.equals(own, copy.gradient(first, 0).toBytes())) {
      throw new IllegalStateException(
          "a copy of the network, made from its configuration, has another gradient than the network itself; build it so that MultiLayerNetwork.save and load keep all of it");
    }
  }

  private byte[] ownGradient(MicroBatch first) {
    try {
      return training.gradient(Replica.load(first), 0, options.seed()).toBytes();
    } catch (IllegalStateException e) {
      throw e; // the network cannot be trained so, whatever the data
    } catch (RuntimeException e) {
      throw MicroBatchException.of(first, e);
    }
  }

  @Override
  public void close() {
    context.setLocalProperty(DESCRIPTION, description);
    sentPlan.destroy();
  }
}
