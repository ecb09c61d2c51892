package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;

/** The suite for {@link Nd4jSubject} by ND4J's operations. */
public final class Nd4jOperationsConformance extends ConformanceSuite {
  private static final Implementation SUBJECT = Nd4jSubject.ofOperations();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
