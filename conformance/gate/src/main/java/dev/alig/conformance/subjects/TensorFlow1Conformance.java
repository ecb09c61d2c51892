package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.tensorflow.Semantics;

/** The suite for {@link TensorFlowSubject} in the semantics of {@code alig.tf}. */
public final class TensorFlow1Conformance extends ConformanceSuite {
  private static final Implementation SUBJECT = new TensorFlowSubject(Semantics.TF1);

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
