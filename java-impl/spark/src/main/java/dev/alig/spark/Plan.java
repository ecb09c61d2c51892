package dev.alig.spark;

import java.io.Serializable;

/**
 * What executors need to know once.
 *
 * @param id unique for each call of {@code fit}
 * @param isGraph whether the network is a graph, not a stack of layers
 * @param json the network's configuration
 * @param seed of dropout and noise
 * @param canary the micro-batch whose gradient each executor computes before its first step
 */
record Plan(String id, boolean isGraph, String json, long seed, MicroBatch canary)
    implements Serializable {}
