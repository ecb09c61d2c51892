package dev.alig.conformance.trained;

import org.apiguardian.api.API;

/** What went wrong in a trained case, as far as one step given the same weights shows it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Blame {
  /** The initial weights, or those put back, are not held: the mapping or the loading is wrong. */
  WEIGHTS("the weights: what was put in is not what is held"),
  /** The loss differs at the same weights: forward pass, mapping of weights, or loss function. */
  LOSS("the model's loss, given the same weights"),
  /** The loss agrees and its gradient differs: backward pass. */
  GRADIENT("the model's gradient, given the same weights and loss"),
  /** The running statistics of batch normalization. */
  STATISTICS("the running statistics, given the same weights"),
  /** The scores that the trained model gives in evaluation. */
  EVALUATION("the scores in evaluation, given the same weights and running statistics"),
  /** Loss and gradient are the model's own, and the step is not ALI-G's. */
  RULE("the optimizer's step, given the model's own loss and gradient"),
  /** Each step by itself is right, and the curves part by more than rounding explains. */
  CURVE("the curve: no step by itself is wrong, yet they part");

  private final String words;

  Blame(String words) {
    this.words = words;
  }

  /** The words for people. */
  public String words() {
    return words;
  }
}
