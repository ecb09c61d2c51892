package dev.alig.conformance.oracle;

import java.nio.ByteBuffer;

/** A call of a Python function by name, with a JSON text and two shared buffers. */
@FunctionalInterface
interface Echo {
  /** Returns the function's answer, a JSON text. */
  String call(String function, String request, ByteBuffer inputs, ByteBuffer outputs);
}
