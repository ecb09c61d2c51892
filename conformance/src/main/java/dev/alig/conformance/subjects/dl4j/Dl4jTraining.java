package dev.alig.conformance.subjects.dl4j;

import dev.alig.StepReport;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Named;
import dev.alig.conformance.TrainedState;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A Deeplearning4j network under training. */
final class Dl4jTraining implements Training {
  private final Trained trained;
  private final Map<String, Link> links;
  private final Model model;
  private final Batches batches;
  private final NetworkMemory memory;
  private final Steps.Stepping stepping;
  private final Own own = new Own();

  Dl4jTraining(Trained trained, Dl4jModel dl4j, Steps steps) {
    this.trained = trained;
    this.links = dl4j.byTorchName();
    this.model = (Model) dl4j.network();
    this.batches = new Batches(trained);
    BaseMultiLayerUpdater<?> updater = updater(model);
    this.memory = new NetworkMemory(model, updater);
    set(trained.problem().parameters(), values(trained.problem().parameters()), memory::parameter);
    set(trained.problem().statistics(), values(trained.problem().statistics()), memory::parameter);
    model.addListeners(own);
    this.stepping = steps.attach(trained, dl4j.network());
  }

  private static BaseMultiLayerUpdater<?> updater(Model model) {
    return (BaseMultiLayerUpdater<?>)
        (model instanceof ComputationGraph graph
            ? graph.getUpdater()
            : ((MultiLayerNetwork) model).getUpdater());
  }

  /** Reads loss and gradients when DL4J has computed them and no updater has seen them. */
  private static final class Own extends BaseTrainingListener {
    private double loss;
    private @Nullable INDArray summed;

    /** The copy must outlive the workspace that DL4J has open. */
    @Override
    @SuppressWarnings("try")
    public void onGradientCalculation(Model model) {
      loss = model.score();
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        summed = model.gradient().gradient().dup();
      }
    }
  }

  @Override
  public TrainedState state() {
    Trained.Problem problem = trained.problem();
    boolean hasBuffers = trained.rule().momentum() != 0;
    return new TrainedState(
        get(problem.parameters(), memory::parameter),
        hasBuffers ? get(problem.parameters(), memory::momentum) : List.of(),
        get(problem.statistics(), memory::parameter));
  }

  @Override
  public void load(TrainedState state) {
    Trained.Problem problem = trained.problem();
    set(problem.parameters(), state.parameters(), memory::parameter);
    if (!state.buffers().isEmpty()) {
      set(problem.parameters(), state.buffers(), memory::momentum);
    }
    set(problem.statistics(), state.statistics(), memory::parameter);
  }

  @Override
  public TrainedStep step(int step) {
    StepReport report = stepping.take(batches.of(step));
    INDArray summed = own.summed;
    if (summed == null) {
      throw new IllegalStateException("DL4J computed no gradient in step " + step);
    }
    // As DL4J does it, so that these are the optimizer's gradients to the bit.
    INDArray mean = summed.div(batches.size(step));
    return new TrainedStep(
        own.loss,
        get(trained.problem().parameters(), key -> memory.part(key, mean)),
        report.unclippedStepSize(),
        report.meanStepSize(),
        state());
  }

  private static List<Tensor> values(List<Named> named) {
    return named.stream().map(Named::value).toList();
  }

  private void set(List<Named> named, List<Tensor> values, Function<String, INDArray> place) {
    for (int i = 0; i < named.size(); i++) {
      Link link = link(named.get(i));
      NetworkMemory.write(link, values.get(i), place.apply(link.key()));
    }
  }

  private List<Tensor> get(List<Named> named, Function<String, INDArray> place) {
    List<Tensor> tensors = new ArrayList<>();
    for (Named each : named) {
      Link link = link(each);
      tensors.add(NetworkMemory.read(link, each.value().shape(), place.apply(link.key())));
    }
    return tensors;
  }

  private Link link(Named named) {
    Link link = links.get(named.name());
    if (link == null) {
      throw new IllegalArgumentException("nothing in the network is torch's " + named.name());
    }
    return link;
  }

  /** The network's memory is the garbage collector's. */
  @Override
  public void close() {}
}
