/** Trains Deeplearning4j networks by fit, with {@link dev.alig.nd4j.dl4j.AliGUpdater}. */
@NullMarked
package dev.alig.conformance.subjects.dl4j;

import org.jspecify.annotations.NullMarked;
