package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The few choices that make a case; its digits come from {@code seed}.
 *
 * <p>Generators draw these choices and not thousands of numbers, which keeps them fast.
 *
 * @param dtype the format of every tensor
 * @param eps the constant in the denominator
 * @param form the form of the momentum
 * @param radius the radius of the ball, or none
 * @param groups the parameter groups
 * @param steps one entry per step
 * @param parameters how the initial parameters are drawn
 * @param seed the digits
 */
record CaseChoices(
    DType dtype,
    double eps,
    MomentumForm form,
    OptionalDouble radius,
    List<GroupChoices> groups,
    List<StepChoices> steps,
    Magnitude parameters,
    long seed) {

  /** A group's settings and the shapes of its tensors. */
  record GroupChoices(OptionalDouble cap, double momentum, List<List<Integer>> shapes) {}

  /**
   * What a step supplies.
   *
   * @param loss the loss
   * @param kind how Python receives the loss
   * @param gradients how the gradients are drawn
   * @param absence which parameters have none
   * @param special a number planted in one element of the gradients, or none
   */
  record StepChoices(
      double loss, LossKind kind, Magnitude gradients, Absence absence, Optional<Double> special) {}

  /** Which parameters lack a gradient in a step. */
  enum Absence {
    /** None of them. */
    NONE,
    /** About every third. */
    SOME,
    /** All of them. */
    ALL
  }

  /** The case. */
  StepCase build() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Group> drawn = new ArrayList<>();
    for (GroupChoices group : groups) {
      List<Tensor> tensors =
          group.shapes().stream().map(shape -> draw(shape, parameters, random)).toList();
      drawn.add(new Group(group.cap(), group.momentum(), tensors));
    }
    List<Step> taken = steps.stream().map(step -> build(step, drawn, random)).toList();
    return new StepCase("seed " + seed, dtype, eps, form, radius, drawn, taken, Optional.empty());
  }

  private Step build(StepChoices choices, List<Group> built, SplittableRandom random) {
    Optional<Double> planted = choices.special();
    List<List<Optional<Tensor>>> gradients = new ArrayList<>();
    for (Group group : built) {
      List<Optional<Tensor>> ofGroup = new ArrayList<>();
      for (Tensor parameter : group.parameters()) {
        boolean absent =
            switch (choices.absence()) {
              case NONE -> false;
              case SOME -> random.nextInt(3) == 0;
              case ALL -> true;
            };
        Tensor gradient = draw(parameter.shape(), choices.gradients(), random);
        if (!absent && planted.isPresent() && gradient.size() > 0) {
          gradient = plant(gradient, planted.get(), random.nextInt(gradient.size()));
          planted = Optional.empty();
        }
        ofGroup.add(absent ? Optional.empty() : Optional.of(gradient));
      }
      gradients.add(ofGroup);
    }
    return new Step(choices.loss(), choices.kind(), gradients);
  }

  private static Tensor plant(Tensor tensor, double value, int index) {
    double[] values = tensor.toArray();
    values[index] = value;
    return Tensor.of(tensor.shape(), values);
  }

  private Tensor draw(List<Integer> shape, Magnitude magnitude, SplittableRandom random) {
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      values[e] = dtype.round(magnitude.draw(random, dtype));
    }
    return Tensor.of(shape, values);
  }
}
