package dev.alig.conformance.model;

import dev.alig.conformance.model.SideEffects.SideEffect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * The gradients of a case in a caller's arrays, which an optimizer may only read.
 *
 * <p>Take the gradients of your {@code Implementation} from here for the requirement SIDE_EFFECTS:
 * it checks that the optimizer leaves them alone.
 *
 * <pre>{@code
 * LentGradients<double[]> lent = LentGradients.ofDoubles(scripted);
 * for (Step step : scripted.steps()) {
 *   List<List<Optional<double[]>>> gradients = lent.lend(step);
 *   …                                  // the step, and what it did to parameters and momentum
 *   lent.takeBack();
 * }
 * return new Trace(constructed, steps, Optional.empty(), Optional.of(lent.effects()));
 * }</pre>
 *
 * <p>As in a user's program, each step has its gradients in the memory of the step before. So an
 * optimizer that keeps that memory as its momentum gets wrong numbers as well.
 *
 * @param <A> the optimizer's type of array
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LentGradients<A> {
  /** Arrays of one kind. */
  public interface Memory<A> {
    /** A new array with the numbers of a tensor. */
    A of(Tensor tensor);

    /** Puts a tensor's numbers in place of those that an array of its shape holds. */
    void write(Tensor tensor, A array);

    /** The numbers that an array holds. */
    Tensor read(List<Integer> shape, A array);
  }

  private final Memory<A> memory;
  private final List<List<Slot<A>>> slots = new ArrayList<>();
  private final List<SideEffect> found = new ArrayList<>();
  private long watched;
  private int step = -1;

  /** The memory of one parameter's gradients, and the numbers that were last put there. */
  private static final class Slot<A> {
    private final A array;
    private Tensor holds;

    Slot(Tensor first, A array) {
      this.array = array;
      this.holds = first;
    }
  }

  /** Gradients for the parameters of a case. */
  public LentGradients(StepCase scripted, Memory<A> memory) {
    this.memory = memory;
    for (Group group : scripted.groups()) {
      List<Slot<A>> ofGroup = new ArrayList<>();
      for (Tensor parameter : group.parameters()) {
        Tensor zeros = Tensor.zeros(parameter.shape());
        ofGroup.add(new Slot<>(zeros, memory.of(zeros)));
      }
      slots.add(ofGroup);
    }
  }

  /** In arrays of {@code double}. */
  public static LentGradients<double[]> ofDoubles(StepCase scripted) {
    return new LentGradients<>(scripted, new Doubles());
  }

  /** In arrays of {@code float}, for an optimizer that knows no other. */
  public static LentGradients<float[]> ofFloats(StepCase scripted) {
    return new LentGradients<>(scripted, new Floats());
  }

  /** The gradients of the next step: one array per parameter, empty without a gradient. */
  public List<List<Optional<A>>> lend(Step next) {
    step++;
    List<List<Optional<A>>> lent = new ArrayList<>();
    for (int g = 0; g < slots.size(); g++) {
      List<Optional<A>> ofGroup = new ArrayList<>();
      for (int i = 0; i < slots.get(g).size(); i++) {
        Slot<A> slot = slots.get(g).get(i);
        Optional<Tensor> gradient = next.gradients().get(g).get(i);
        gradient.ifPresent(tensor -> write(tensor, slot));
        ofGroup.add(gradient.map(any -> slot.array));
      }
      lent.add(ofGroup);
    }
    return lent;
  }

  private void write(Tensor tensor, Slot<A> slot) {
    memory.write(tensor, slot.array);
    slot.holds = tensor;
  }

  /** Checks after a step that all arrays hold what they held before it. */
  public void takeBack() {
    for (int g = 0; g < slots.size(); g++) {
      for (int i = 0; i < slots.get(g).size(); i++) {
        Slot<A> slot = slots.get(g).get(i);
        Tensor now = memory.read(slot.holds.shape(), slot.array);
        look(now.equals(slot.holds), "changes the gradient of parameter " + i + " of group " + g);
        slot.holds = now;
      }
    }
  }

  /**
   * Notes something else that was checked after the step.
   *
   * @param asBefore whether the optimizer left it as it was
   * @param what what the optimizer did if it did not: a verb and its object
   */
  public void look(boolean asBefore, String what) {
    watched++;
    if (!asBefore) {
      OptionalInt when = step < 0 ? OptionalInt.empty() : OptionalInt.of(step);
      found.add(new SideEffect(when, what));
    }
  }

  /** All that was found so far. */
  public SideEffects effects() {
    return new SideEffects(watched, found);
  }

  private static final class Doubles implements Memory<double[]> {
    @Override
    public double[] of(Tensor tensor) {
      return tensor.toArray();
    }

    @Override
    public void write(Tensor tensor, double[] array) {
      Arrays.setAll(array, tensor::get);
    }

    @Override
    public Tensor read(List<Integer> shape, double[] array) {
      return Tensor.of(shape, array);
    }
  }

  private static final class Floats implements Memory<float[]> {
    @Override
    public float[] of(Tensor tensor) {
      float[] array = new float[tensor.size()];
      write(tensor, array);
      return array;
    }

    @Override
    public void write(Tensor tensor, float[] array) {
      for (int e = 0; e < array.length; e++) {
        array[e] = (float) tensor.get(e);
      }
    }

    @Override
    public Tensor read(List<Integer> shape, float[] array) {
      double[] wide = new double[array.length];
      Arrays.setAll(wide, e -> array[e]);
      return Tensor.of(shape, wide);
    }
  }
}
