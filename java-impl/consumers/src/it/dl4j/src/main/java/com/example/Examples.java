package com.example;

import java.io.IOException;

/** Runs all examples. */
public final class Examples {
  private Examples() {}

  public static void main(String[] arguments) throws IOException {
    LearnDigits.main(arguments);
    LearnImages.main(arguments);
    RepeatSequences.main(arguments);
    SaveAndResume.main(arguments);
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}
