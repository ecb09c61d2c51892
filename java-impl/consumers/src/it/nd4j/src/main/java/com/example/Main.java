package com.example;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the examples, and sees that each has learned its data. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    require("least squares", LeastSquares.train());
    require("exclusive or", LearnExclusiveOr.train(Path.of("target", "trainer.zip")));
  }

  private static void require(String what, double loss) {
    System.out.println(what + ": final loss " + loss);
    if (!(loss < 1e-3)) {
      throw new IllegalStateException(what + ": the loss must fall below 1e-3, was " + loss);
    }
  }
}
