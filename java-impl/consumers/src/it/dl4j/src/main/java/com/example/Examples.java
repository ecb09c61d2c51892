package com.example;

import java.io.IOException;

/** Runs all examples. */
public final class Examples {
  private Examples() {}

  public static void main(String[] arguments) throws IOException {
    double loss = LearnExclusiveOr.train();
    require(loss < 1e-2, "exclusive or must be learned, the loss was " + loss);
    LearnDigits.main(arguments);
    LearnImages.main(arguments);
    RepeatSequences.main(arguments);
    SaveAndResume.main(arguments);
    MeasureOwnActivation.main(arguments);
    AccumulateGradients.main(arguments);
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}
