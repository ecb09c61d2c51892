/**
 * ALI-G for Deeplearning4j networks: {@link dev.alig.nd4j.dl4j.AliGUpdater} in the configuration,
 * {@link dev.alig.nd4j.dl4j.AliGTraining#attach} before {@code fit}.
 *
 * <p>It needs {@code deeplearning4j-nn} on the class path, which this artifact does not bring
 * along.
 */
@NullMarked
package dev.alig.nd4j.dl4j;

import org.jspecify.annotations.NullMarked;
