package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The optimizer for one element type; {@link AliG} says what each method does.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Engine<A> {
  private final Storage<A> storage;
  private final Kernel<A> kernel;
  private final List<Group<A>> groups = new ArrayList<>();
  private Settings settings;
  private long stepCount;
  private List<Double> stepSizes = List.of();

  Engine(Storage<A> storage, Settings settings) {
    this.storage = storage;
    this.kernel = storage.kernel();
    this.settings = settings;
  }

  void addGroup(GroupSettings groupSettings, List<INDArray> arrays) {
    List<Parameter<A>> added = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      INDArray array = arrays.get(i);
      String name = "parameter " + i + " of group " + groups.size();
      ArrayChecks.requireOpen(name, array);
      ArrayChecks.requireSupported(name, array);
      ArrayChecks.requireType(name, array, storage.type());
      added.add(new Parameter<>(name, array));
    }
    List<Parameter<A>> all = parameters();
    all.addAll(added);
    Overlaps.requireNone(all);
    groups.add(new Group<>(groupSettings, added));
  }

  void project() {
    requireOpen();
    if (!settings.ball().isBounded()) {
      return;
    }
    Draft<A> draft = new Draft<>(storage);
    parameters().forEach(draft::keep);
    draft.project(settings.ball());
    draft.commit();
  }

  StepReport step(double loss, List<? extends @Nullable INDArray> arrays) {
    List<Optional<A>> gradients = read(arrays);
    StepRule rule = new StepRule(settings);
    StepReport report =
        rule.decide(
            loss,
            squaredNorm(gradients),
            !rule.asksForFiniteness() || allFinite(gradients),
            groupSettings(),
            stepCount);
    if (report.outcome() == StepReport.Outcome.TAKEN) {
      move(report.stepSizes(), gradients);
    } else {
      stepSizes = report.stepSizes();
    }
    return report;
  }

  void apply(List<Double> sizes, List<? extends @Nullable INDArray> arrays) {
    if (sizes.size() != groups.size()) {
      throw new IllegalArgumentException(
          "expected " + groups.size() + " step sizes, one per group, got " + sizes.size());
    }
    move(sizes, read(arrays));
  }

  List<GroupSettings> groupSettings() {
    return groups.stream().map(Group::settings).toList();
  }

  Group<A> group(int index) {
    if (index < 0 || index >= groups.size()) {
      throw new IndexOutOfBoundsException(
          "group must be in [0, " + groups.size() + "), was " + index);
    }
    return groups.get(index);
  }

  Optional<INDArray> momentumBuffer(int groupIndex, int index) {
    Group<A> group = group(groupIndex);
    Parameter<A> parameter = group.parameter(index);
    Optional<A> values = parameter.momentum();
    if (values.isEmpty() && group.settings().hasMomentum()) {
      values = Optional.of(storage.zeros(parameter.length()));
    }
    return values.map(v -> storage.newArray(v, parameter.shape()));
  }

  void setMomentumBuffer(int groupIndex, int index, INDArray values) {
    Parameter<A> parameter = group(groupIndex).parameter(index);
    String name = "the momentum of " + parameter.name();
    parameter.setMomentum(read(name, parameter, values));
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
    new StateWriter<>(storage, out).write(new State<>(settings, stepCount, snapshots()));
  }

  void load(InputStream in) throws IOException {
    State<A> state = new StateReader<>(storage, in).read(settings.schedule(), snapshots());
    settings = state.settings();
    stepCount = state.stepCount();
    stepSizes = List.of();
    for (int i = 0; i < groups.size(); i++) {
      State.GroupState<A> saved = state.groups().get(i);
      groups.get(i).set(saved.settings());
      List<Parameter<A>> parameters = groups.get(i).parameters();
      for (int j = 0; j < parameters.size(); j++) {
        parameters.get(j).setMomentum(saved.momenta().get(j).values().orElse(null));
      }
    }
  }

  private List<State.GroupState<A>> snapshots() {
    return groups.stream()
        .map(
            group ->
                new State.GroupState<>(
                    group.settings(), group.parameters().stream().map(State.Momentum::of).toList()))
        .toList();
  }

  private void move(List<Double> sizes, List<Optional<A>> gradients) {
    Draft<A> draft = new Draft<>(storage);
    int next = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group<A> group = groups.get(i);
      for (Parameter<A> parameter : group.parameters()) {
        Optional<A> gradient = gradients.get(next++);
        if (gradient.isPresent()) {
          draft.move(
              parameter, gradient.get(), group.settings(), settings.momentumForm(), sizes.get(i));
        } else if (settings.ball().isBounded()) {
          draft.keep(parameter);
        }
      }
    }
    draft.project(settings.ball());
    draft.commit();
    stepSizes = List.copyOf(sizes);
    stepCount++;
  }

  private List<Optional<A>> read(List<? extends @Nullable INDArray> arrays) {
    List<Parameter<A>> parameters = parameters();
    if (arrays.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "expected "
              + parameters.size()
              + " gradients, one per parameter in group order with null for none, got "
              + arrays.size());
    }
    requireOpen();
    List<Optional<A>> gradients = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      gradients.add(read(parameters.get(i), arrays.get(i)));
    }
    return gradients;
  }

  private Optional<A> read(Parameter<A> parameter, @Nullable INDArray gradient) {
    return gradient == null
        ? Optional.empty()
        : Optional.of(read("the gradient of " + parameter.name(), parameter, gradient));
  }

  private A read(String name, Parameter<A> parameter, INDArray array) {
    ArrayChecks.requireOpen(name, array);
    ArrayChecks.requireType(name, array, storage.type());
    ArrayChecks.requireShape(name, array, parameter.shape(), parameter.array().isEmpty());
    return storage.read(array);
  }

  private SquaredNorm squaredNorm(List<Optional<A>> gradients) {
    SquaredNorm norm = new SquaredNorm(storage.precision());
    gradients.forEach(
        gradient -> gradient.ifPresent(g -> norm.add(kernel.sumOfSquares(Slice.of(g)))));
    return norm;
  }

  private boolean allFinite(List<Optional<A>> gradients) {
    return gradients.stream()
        .allMatch(gradient -> gradient.map(g -> kernel.allFinite(Slice.of(g))).orElse(true));
  }

  private void requireOpen() {
    parameters().forEach(p -> ArrayChecks.requireOpen(p.name(), p.array()));
  }

  private List<Parameter<A>> parameters() {
    List<Parameter<A>> all = new ArrayList<>();
    groups.forEach(group -> all.addAll(group.parameters()));
    return all;
  }
}
