package dev.alig.conformance.subjects.dl4j;

import dev.alig.StepReport;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.subjects.dl4j.NetworkMemory.Part;
import dev.alig.experiments.networks.Dl4jGraphs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The training of a Deeplearning4j network. */
final class Dl4jTraining implements Training {
  private final TrainingCase trained;
  private final Map<String, Link> links;
  private final Model model;
  private final Batches batches;
  private final BaseMultiLayerUpdater<?> updater;
  private final NetworkMemory memory;
  private final Steps.Stepping stepping;
  private final Optional<ComputationGraph> evaluated;
  private final GradientListener gradients = new GradientListener();

  Dl4jTraining(TrainingCase trained, Dl4jModel dl4j, Steps steps) {
    this.trained = trained;
    this.links = dl4j.byTorchName();
    this.model = (Model) dl4j.network();
    this.batches = new Batches(trained);
    this.updater = updater(model);
    this.memory = new NetworkMemory(model, updater);
    double[] initial = model.params().toDoubleVector();
    for (List<Named> named :
        List.of(trained.problem().parameters(), trained.problem().statistics())) {
      put(named, named.stream().map(Named::value).toList(), Part.PARAMETERS, initial);
    }
    assign(model.params(), initial);
    model.addListeners(gradients);
    this.evaluated = dl4j.evaluated();
    this.stepping = steps.attach(trained, dl4j.network());
  }

  private static BaseMultiLayerUpdater<?> updater(Model model) {
    return (BaseMultiLayerUpdater<?>)
        (model instanceof ComputationGraph graph
            ? graph.getUpdater()
            : ((MultiLayerNetwork) model).getUpdater());
  }

  /** Reads loss and gradients after DL4J has computed them and before the updater changes them. */
  private static final class GradientListener extends BaseTrainingListener {
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
    TrainingCase.Problem problem = trained.problem();
    double[] parameters = model.params().toDoubleVector();
    return new TrainedState(
        get(problem.parameters(), Part.PARAMETERS, parameters),
        hasBuffers()
            ? get(problem.parameters(), Part.MOMENTA, momenta().toDoubleVector())
            : List.of(),
        get(problem.statistics(), Part.PARAMETERS, parameters));
  }

  private boolean hasBuffers() {
    return trained.rule().momentum() != 0;
  }

  private INDArray momenta() {
    return updater.getStateViewArray();
  }

  @Override
  public void load(TrainedState state) {
    TrainingCase.Problem problem = trained.problem();
    double[] parameters = model.params().toDoubleVector();
    put(problem.parameters(), state.parameters(), Part.PARAMETERS, parameters);
    put(problem.statistics(), state.statistics(), Part.PARAMETERS, parameters);
    assign(model.params(), parameters);
    if (hasBuffers()) {
      double[] momenta = momenta().toDoubleVector();
      put(problem.parameters(), state.buffers(), Part.MOMENTA, momenta);
      assign(momenta(), momenta);
    }
  }

  /** Assigns in place, because the network's arrays are views. */
  private static void assign(INDArray flat, double[] values) {
    flat.assign(Nd4j.createFromArray(values).castTo(flat.dataType()).reshape(flat.shape()));
  }

  @Override
  public TrainedStep step(int step) {
    StepReport report = stepping.take(batches.of(step));
    INDArray summed = gradients.summed;
    if (summed == null) {
      throw new IllegalStateException("DL4J computed no gradient in step " + step);
    }
    // This division is DL4J's, so these equal the optimizer's gradients bit for bit.
    double[] mean = summed.div(batches.size(step)).toDoubleVector();
    return new TrainedStep(
        gradients.loss,
        get(trained.problem().parameters(), Part.PARAMETERS, mean),
        report.unclippedStepSize(),
        report.meanStepSize(),
        state());
  }

  @Override
  public Optional<Tensor> scores(int step) {
    return evaluated.map(graph -> scores(graph, batches.of(step).getFeatures(0)));
  }

  /** The scores with the arrays of the trained network. */
  private Tensor scores(ComputationGraph graph, INDArray features) {
    graph.paramTable().forEach((key, array) -> array.assign(model.getParam(key)));
    List<String> wanted = List.of(Dl4jGraphs.scores(graph));
    INDArray found = graph.output(wanted, false, new INDArray[] {features}, null)[0];
    List<Integer> shape = List.of((int) found.size(0), (int) found.size(1));
    return Tensor.of(shape, Nd4j.toFlattened('c', found).toDoubleVector());
  }

  private void put(List<Named> named, List<Tensor> values, Part part, double[] flat) {
    for (int i = 0; i < named.size(); i++) {
      memory.write(link(named.get(i)), values.get(i), part, flat);
    }
  }

  private List<Tensor> get(List<Named> named, Part part, double[] flat) {
    return named.stream()
        .map(each -> memory.read(link(each), each.value().shape(), part, flat))
        .toList();
  }

  private Link link(Named named) {
    Link link = links.get(named.name());
    if (link == null) {
      throw new IllegalArgumentException(
          "no array of the network is linked to torch's " + named.name());
    }
    return link;
  }

  /** Does nothing: the garbage collector frees the network's memory. */
  @Override
  public void close() {}
}
