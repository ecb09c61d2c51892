package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;

/** The suite for {@link TensorFlowSubject}. */
public final class TensorFlowConformance extends ConformanceSuite {
  private static final Implementation SUBJECT = new TensorFlowSubject();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
