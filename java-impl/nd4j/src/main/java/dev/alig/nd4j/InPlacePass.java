package dev.alig.nd4j;

import dev.alig.L2Ball;
import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.kernel.FusedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step in ND4J's own memory, without copies. The object is reused from step to step.
 *
 * <p>It requires parameters and gradients without gaps, each gradient in its parameter's order ('c'
 * or 'f'), and no gradient that shares memory with a parameter or a momentum.
 */
final class InPlacePass implements Pass {
  /** The address of empty arrays. */
  private static final long NOWHERE = 8;

  private final FusedStep step;
  private final Storage<?> storage;
  private final Precision precision;

  /** The bytes of an element; looking it up in each array takes longer than all else. */
  private final int width;

  private final List<FreshMomentum> fresh = new ArrayList<>();
  private List<Group> groups = List.of();
  private List<? extends @Nullable INDArray> gradients = List.of();
  private Settings settings = Settings.DEFAULT;
  private long[] addresses = {};
  private Ranges occupied = new Ranges(addresses, addresses);

  InPlacePass(FusedStep step, Storage<?> storage) {
    this.step = step;
    this.storage = storage;
    this.precision = storage.precision();
    this.width = storage.type().width();
  }

  /** Begins a step, if this pass can take it, and returns whether it can. It changes no array. */
  boolean begin(
      List<Group> groups, Settings settings, List<? extends @Nullable INDArray> gradients) {
    this.groups = groups;
    this.settings = settings;
    this.gradients = gradients;
    fresh.clear();
    step.begin(settings.wideNorm());
    if (!locateParameters()) {
      return false;
    }
    int next = 0;
    for (int i = 0; i < groups.size(); i++) {
      boolean hasMomentum = groups.get(i).settings().hasMomentum();
      for (Parameter parameter : groups.get(i).parameters()) {
        if (!add(i, parameter, addresses[next], gradients.get(next), hasMomentum)) {
          return false;
        }
        next++;
      }
    }
    return true;
  }

  private boolean locateParameters() {
    int size = gradients.size();
    boolean moved = addresses.length != 2 * size;
    if (moved) {
      addresses = new long[2 * size];
    }
    int next = 0;
    for (Group group : groups) {
      for (Parameter parameter : group.parameters()) {
        if (!parameter.isDense()) {
          return false;
        }
        long address = address(parameter.array());
        INDArray momentum = parameter.momentum().orElse(null);
        long momentumAddress = momentum == null ? NOWHERE : address(momentum);
        moved |= address != addresses[next] || momentumAddress != addresses[size + next];
        addresses[next] = address;
        addresses[size + next++] = momentumAddress;
      }
    }
    if (moved) {
      occupied = new Ranges(addresses, lengths());
    }
    return true;
  }

  /** The sizes in bytes of the parameters, then of the momenta. */
  private long[] lengths() {
    List<Parameter> all = Group.parameters(groups).toList();
    return Stream.concat(
            all.stream().map(Parameter::array).map(this::bytes),
            all.stream().map(p -> p.momentum().map(this::bytes).orElse(0L)))
        .mapToLong(Long::longValue)
        .toArray();
  }

  private boolean add(
      int group,
      Parameter parameter,
      long address,
      @Nullable INDArray gradient,
      boolean hasMomentum) {
    if (gradient == null) {
      step.add(group, parameter.length(), address, 0, 0);
      return true;
    }
    long gradientAddress = address(gradient);
    if (!gradient.isEmpty()
        && (!parameter.isDenseLike(gradient) || occupied.meet(gradientAddress, bytes(gradient)))) {
      return false;
    }
    long momentum = hasMomentum ? address(momentumOf(parameter)) : 0;
    step.add(group, parameter.length(), address, gradientAddress, momentum);
    return true;
  }

  /**
   * The momentum in the parameter's order. A new array becomes the parameter's momentum when it is
   * moved.
   */
  private INDArray momentumOf(Parameter parameter) {
    INDArray present = parameter.momentum().orElse(null);
    if (present != null && parameter.isDenseLike(present)) {
      return present;
    }
    INDArray made =
        present == null ? storage.zeros(parameter) : storage.copy(present, parameter.order());
    fresh.add(new FreshMomentum(parameter, made));
    return made;
  }

  @Override
  public SquaredNorm gradientNorm() {
    step.measureGradients();
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(precision));
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) != null) {
        norm.add(step.sumOfSquares(i));
      }
    }
    return norm;
  }

  @Override
  public boolean gradientsAreFinite() {
    return step.gradientsAreFinite();
  }

  @Override
  public boolean move(List<Double> stepSizes) {
    double[] sizes = stepSizes.stream().mapToDouble(Double::doubleValue).toArray();
    double[] momenta = groups.stream().mapToDouble(group -> group.settings().momentum()).toArray();
    L2Ball ball = settings.ball();
    fresh.forEach(FreshMomentum::install);
    step.move(settings.momentumForm(), sizes, momenta, ball.isBounded());
    return ball.isBounded() && project(ball);
  }

  private boolean project(L2Ball ball) {
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(precision));
    for (int i = 0; i < gradients.size(); i++) {
      norm.add(step.sumOfSquares(i));
    }
    double factor = ball.factor(norm);
    if (factor != 1) {
      step.scale(factor);
    }
    return norm.overflowed();
  }

  /** Releases the arrays. */
  void end() {
    gradients = List.of();
    fresh.clear();
  }

  private long address(INDArray array) {
    return array.isEmpty() ? NOWHERE : array.data().address() + array.data().offset() * width;
  }

  private long bytes(INDArray array) {
    return array.isEmpty() ? 0 : array.length() * width;
  }

  private record FreshMomentum(Parameter parameter, INDArray momentum) {
    void install() {
      parameter.setMomentum(momentum);
    }
  }
}
