package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;

/** The suite for {@link Nd4jSubject}. */
public final class Nd4jConformance extends ConformanceSuite {
  private static final Implementation SUBJECT = new Nd4jSubject();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
