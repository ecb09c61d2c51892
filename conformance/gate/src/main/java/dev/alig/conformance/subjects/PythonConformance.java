package dev.alig.conformance.subjects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.properties.ConformanceSuite;

/** The suite for {@link PythonSubject}. */
public final class PythonConformance extends ConformanceSuite {
  private static final Implementation SUBJECT = new PythonSubject();

  @Override
  public Implementation subject() {
    return SUBJECT;
  }
}
