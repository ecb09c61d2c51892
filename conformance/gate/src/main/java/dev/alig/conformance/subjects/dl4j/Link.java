package dev.alig.conformance.subjects.dl4j;

import java.util.OptionalInt;

/**
 * Links a torch tensor to the array of a network that holds it.
 *
 * @param torch the name in torch's {@code state_dict}
 * @param key the name in DL4J's {@code paramTable}
 * @param arrangement the order of the elements in the array
 * @param rows the first row of the array that the tensor fills; empty if it fills the whole array
 */
record Link(String torch, String key, Arrangement arrangement, OptionalInt rows) {
  /** A tensor that fills the whole array. */
  Link(String torch, String key, Arrangement arrangement) {
    this(torch, key, arrangement, OptionalInt.empty());
  }
}
