/** What every model in a graph of TensorFlow-Java needs: sessions, tensors, variables as bytes. */
@NullMarked
package dev.alig.experiments.graph;

import org.jspecify.annotations.NullMarked;
