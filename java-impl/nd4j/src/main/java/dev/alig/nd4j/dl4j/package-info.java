/**
 * ALI-G for Deeplearning4j networks. Set {@link dev.alig.nd4j.dl4j.AliGUpdater} in the
 * configuration, and call {@link dev.alig.nd4j.dl4j.AliGTraining#attach} before {@code fit}.
 *
 * <p>Add {@code deeplearning4j-nn} to the class path; this artifact does not depend on it.
 */
@NullMarked
package dev.alig.nd4j.dl4j;

import org.jspecify.annotations.NullMarked;
