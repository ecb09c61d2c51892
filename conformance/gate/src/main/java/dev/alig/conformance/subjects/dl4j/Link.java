package dev.alig.conformance.subjects.dl4j;

/**
 * Links a torch tensor to the array of a network that holds it.
 *
 * @param torch the name in torch's {@code state_dict}
 * @param key the name in DL4J's {@code paramTable}
 * @param arrangement the order of the elements in the array
 */
record Link(String torch, String key, Arrangement arrangement) {}
