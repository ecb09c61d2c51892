package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.kernel.KernelVariant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The optimizer for one element type. {@link AliG} documents the methods.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Engine<A> {
  private final Storage<A> storage;
  private final Passes<A> passes;
  private final List<Group> groups = new ArrayList<>();
  private List<Parameter> parameters = List.of();
  private Settings settings;
  private long stepCount;
  private List<Double> stepSizes = List.of();

  /**
   * An optimizer without parameters.
   *
   * @param operations whether steps are taken by ND4J's operations; half types are always copied
   */
  Engine(Storage<A> storage, Settings settings, KernelVariant kernel, boolean operations) {
    this.storage = storage;
    this.passes = new Passes<>(storage, kernel, operations);
    this.settings = settings;
  }

  void addGroup(GroupSettings groupSettings, List<INDArray> arrays) {
    requireOpen();
    List<Parameter> added = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      INDArray array = arrays.get(i);
      String name = "parameter " + i + " of group " + groups.size();
      ArrayChecks.requireOpen(name, array);
      ArrayChecks.requireSupported(name, array);
      ArrayChecks.requireType(name, array, storage.type());
      added.add(new Parameter(name, array));
    }
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(added);
    requireApart(all, List.of());
    groups.add(new Group(groupSettings, added));
    parameters = all;
  }

  void project() {
    requireOpen();
    if (settings.ball().isBounded()) {
      passes.project(groups, settings);
    }
  }

  StepReport step(double loss, List<? extends @Nullable INDArray> gradients) {
    return over(gradients, pass -> step(loss, pass));
  }

  private StepReport step(double loss, Pass pass) {
    StepRule rule = new StepRule(settings);
    SquaredNorm norm = pass.gradientNorm();
    boolean finite = !rule.asksForFiniteness(norm) || pass.gradientsAreFinite();
    StepReport report = rule.decide(loss, norm, finite, groupSettings(), stepCount);
    if (report.outcome() == StepReport.Outcome.TAKEN) {
      return move(pass, report.stepSizes()) ? report.withNormOverflowed() : report;
    }
    stepSizes = report.stepSizes();
    return report;
  }

  void apply(List<Double> sizes, List<? extends @Nullable INDArray> gradients) {
    if (sizes.size() != groups.size()) {
      throw new IllegalArgumentException(
          "expected " + groups.size() + " step sizes, one per group, got " + sizes.size());
    }
    over(gradients, pass -> move(pass, sizes));
  }

  /** Runs an operation on a pass over these gradients, and releases them afterwards. */
  private <R> R over(List<? extends @Nullable INDArray> gradients, Function<Pass, R> use) {
    Pass pass = pass(gradients);
    try {
      return use.apply(pass);
    } finally {
      passes.end();
      // The pass holds only the gradients' addresses, so their memory must not be freed before now.
      Reference.reachabilityFence(gradients);
    }
  }

  List<GroupSettings> groupSettings() {
    return groups.stream().map(Group::settings).toList();
  }

  Group group(int index) {
    if (index < 0 || index >= groups.size()) {
      throw new IndexOutOfBoundsException(
          "group must be in [0, " + groups.size() + "), was " + index);
    }
    return groups.get(index);
  }

  Optional<INDArray> momentumBuffer(int groupIndex, int index) {
    Group group = group(groupIndex);
    Parameter parameter = group.parameter(index);
    parameter.momentum().ifPresent(v -> ArrayChecks.requireOpen(momentumOf(parameter), v));
    if (parameter.momentum().isEmpty() && group.settings().hasMomentum()) {
      return Optional.of(storage.zeros(parameter));
    }
    return parameter.momentum().map(v -> storage.copy(v, 'c'));
  }

  void setMomentumBuffer(int groupIndex, int index, INDArray values) {
    Parameter parameter = group(groupIndex).parameter(index);
    requireLike("the momentum of ", parameter, values);
    parameter.setMomentum(storage.copy(values, 'c'));
  }

  void useMomentumBuffer(int groupIndex, int index, INDArray buffer) {
    Parameter parameter = group(groupIndex).parameter(index);
    requireLike("the momentum of ", parameter, buffer);
    if (!buffer.isEmpty() && !ArrayChecks.isDense(buffer, parameter.order())) {
      throw new IllegalArgumentException(
          "the momentum of "
              + parameter.name()
              + " must lie in memory without gaps in the order '"
              + parameter.order()
              + "'; pass an array of that order that is not a strided view");
    }
    List<Parameter> others = parameters.stream().filter(p -> p != parameter).toList();
    others.forEach(Engine::requireOpen);
    ArrayChecks.requireOpen(parameter.name(), parameter.array());
    requireApart(
        others,
        List.of(
            new Overlaps.Named(parameter.name(), parameter.array()),
            new Overlaps.Named(momentumOf(parameter), buffer)));
    parameter.setMomentum(buffer);
  }

  /** Checks that no two parameters or momenta share memory. */
  private void requireApart(List<Parameter> parameters, List<Overlaps.Named> others) {
    List<Overlaps.Named> all = new ArrayList<>(others);
    for (Parameter parameter : parameters) {
      all.add(new Overlaps.Named(parameter.name(), parameter.array()));
      parameter
          .momentum()
          .ifPresent(momentum -> all.add(new Overlaps.Named(momentumOf(parameter), momentum)));
    }
    Overlaps.requireNone(all, storage.host());
  }

  private static String momentumOf(Parameter parameter) {
    return "the momentum of " + parameter.name();
  }

  double parameterNorm() {
    requireOpen();
    return passes.parameterNorm(groups, settings);
  }

  Settings settings() {
    return settings;
  }

  long stepCount() {
    return stepCount;
  }

  List<Double> stepSizes() {
    return stepSizes;
  }

  DataType type() {
    return storage.type();
  }

  void save(OutputStream out) throws IOException {
    requireOpen();
    new StateWriter<>(storage, out).write(new State(settings, stepCount, snapshots()));
  }

  void load(InputStream in) throws IOException {
    requireOpen();
    State state = new StateReader<>(storage, in).read(settings.schedule(), snapshots());
    settings = state.settings();
    stepCount = state.stepCount();
    stepSizes = List.of();
    for (int i = 0; i < groups.size(); i++) {
      State.GroupState saved = state.groups().get(i);
      groups.get(i).set(saved.settings());
      List<Parameter> parameters = groups.get(i).parameters();
      for (int j = 0; j < parameters.size(); j++) {
        parameters.get(j).setMomentum(saved.momenta().get(j).values().orElse(null));
      }
    }
  }

  private List<State.GroupState> snapshots() {
    return groups.stream()
        .map(
            group ->
                new State.GroupState(
                    group.settings(), group.parameters().stream().map(State.Momentum::of).toList()))
        .toList();
  }

  private boolean move(Pass pass, List<Double> sizes) {
    boolean overflowed = pass.move(sizes);
    stepSizes = List.copyOf(sizes);
    stepCount++;
    return overflowed;
  }

  /** Checks all arrays and chooses the pass. */
  private Pass pass(List<? extends @Nullable INDArray> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "expected "
              + parameters.size()
              + " gradients, one per parameter in group order with null for none, got "
              + gradients.size());
    }
    requireOpen();
    for (int i = 0; i < parameters.size(); i++) {
      INDArray gradient = gradients.get(i);
      if (gradient != null) {
        requireLike("the gradient of ", parameters.get(i), gradient);
      }
    }
    return passes.over(groups, settings, gradients);
  }

  /** Composes the name only for a message, because a step may have thousands of tensors. */
  private void requireLike(String what, Parameter parameter, INDArray array) {
    if (!ArrayChecks.isOpen(array)
        || array.dataType() != storage.type()
        || !parameter.hasShapeOf(array)) {
      String name = what + parameter.name();
      ArrayChecks.requireOpen(name, array);
      ArrayChecks.requireType(name, array, storage.type());
      ArrayChecks.requireShape(name, array, parameter.shape(), parameter.array().isEmpty());
    }
  }

  private void requireOpen() {
    for (Parameter parameter : parameters) {
      requireOpen(parameter);
    }
  }

  /** Composes the momentum's name only for a message. */
  private static void requireOpen(Parameter parameter) {
    ArrayChecks.requireOpen(parameter.name(), parameter.array());
    INDArray momentum = parameter.momentum().orElse(null);
    if (momentum != null && !ArrayChecks.isOpen(momentum)) {
      ArrayChecks.requireOpen(momentumOf(parameter), momentum);
    }
  }
}
