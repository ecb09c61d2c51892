package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;

/** The suite for {@link TensorFlowSubject} on resource variables. */
public final class TensorFlowResourceConformance extends ConformanceSuite {
  private static final Implementation SUBJECT = TensorFlowSubject.ofResources();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
