package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The few choices that a scripted case follows from; the digits come from {@code seed}.
 *
 * <p>Generators draw and shrink the choices, not thousands of numbers, which keeps both fast: a
 * failing case shrinks to few groups, tensors, steps and simple numbers.
 *
 * @param dtype the format of every tensor
 * @param eps the constant in the denominator
 * @param form the form of the momentum
 * @param radius the radius of the ball, or none
 * @param groups the parameter groups
 * @param steps one entry a step
 * @param parameters how the initial parameters are drawn
 * @param seed the digits
 */
record Recipe(
    DType dtype,
    double eps,
    MomentumForm form,
    OptionalDouble radius,
    List<GroupRecipe> groups,
    List<StepRecipe> steps,
    Magnitude parameters,
    long seed) {

  /** A group's settings and the shapes of its tensors. */
  record GroupRecipe(OptionalDouble cap, double momentum, List<List<Integer>> shapes) {}

  /**
   * What a step supplies.
   *
   * @param loss the loss
   * @param kind how Python receives the loss
   * @param gradients how the gradients are drawn
   * @param absence which parameters have none
   * @param special a number planted in one element of the gradients, or none
   */
  record StepRecipe(
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
  Scripted build() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Group> built = new ArrayList<>();
    for (GroupRecipe group : groups) {
      List<Tensor> tensors = new ArrayList<>();
      group.shapes().forEach(shape -> tensors.add(draw(shape, parameters, random)));
      built.add(new Group(group.cap(), group.momentum(), tensors));
    }
    List<Step> scripted = new ArrayList<>();
    for (StepRecipe step : steps) {
      scripted.add(build(step, built, random));
    }
    return new Scripted(
        "seed " + seed, dtype, eps, form, radius, built, scripted, Optional.empty());
  }

  private Step build(StepRecipe recipe, List<Group> built, SplittableRandom random) {
    Optional<Double> planted = recipe.special();
    List<List<Optional<Tensor>>> gradients = new ArrayList<>();
    for (Group group : built) {
      List<Optional<Tensor>> ofGroup = new ArrayList<>();
      for (Tensor parameter : group.parameters()) {
        boolean absent =
            switch (recipe.absence()) {
              case NONE -> false;
              case SOME -> random.nextInt(3) == 0;
              case ALL -> true;
            };
        Tensor gradient = draw(parameter.shape(), recipe.gradients(), random);
        if (!absent && planted.isPresent() && gradient.size() > 0) {
          gradient = plant(gradient, planted.get(), random.nextInt(gradient.size()));
          planted = Optional.empty();
        }
        ofGroup.add(absent ? Optional.empty() : Optional.of(gradient));
      }
      gradients.add(ofGroup);
    }
    return new Step(recipe.loss(), recipe.kind(), gradients);
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
