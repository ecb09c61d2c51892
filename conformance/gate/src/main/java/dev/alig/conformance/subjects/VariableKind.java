package dev.alig.conformance.subjects;

/** How the graphs of a subject hold parameters. */
enum VariableKind {
  /** By {@code tf.variable}. */
  REFERENCE,

  /** By handles, as Python's TensorFlow 2 does. */
  RESOURCE
}
