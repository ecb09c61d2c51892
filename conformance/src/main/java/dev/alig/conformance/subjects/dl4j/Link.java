package dev.alig.conformance.subjects.dl4j;

/**
 * Which of a network's arrays holds which torch tensor.
 *
 * @param torch the name in torch's {@code state_dict}
 * @param key the name in DL4J's {@code paramTable}
 * @param arrangement how the elements lie there
 */
record Link(String torch, String key, Arrangement arrangement) {}
