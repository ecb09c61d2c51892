package dev.alig.spark;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A micro-batch could not be read or computed; the message names it. */
final class MicroBatchException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  MicroBatchException(String message) {
    super(message);
  }

  MicroBatchException(String message, Exception cause) {
    super(message, cause);
  }

  static MicroBatchException of(MicroBatch microBatch, Exception cause) {
    return new MicroBatchException("%s failed: %s".formatted(microBatch.describe(), cause), cause);
  }

  /** The cause of Spark's exception, if it is a micro-batch. */
  static Optional<MicroBatchException> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(MicroBatchException.class::isInstance)
        .map(MicroBatchException.class::cast)
        .findFirst();
  }
}
