package com.example;

import java.nio.file.Path;

/** Runs the example, and sees that it has learned its data and restored what it saved. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    double loss = LearnClusters.train(Path.of("target", "network"));
    if (!(loss < 1e-3)) {
      throw new IllegalStateException("the loss must fall below 1e-3, was " + loss);
    }
  }
}
