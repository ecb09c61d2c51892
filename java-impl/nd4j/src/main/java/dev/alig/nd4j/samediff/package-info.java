/** ALI-G for SameDiff graphs. Start with {@link dev.alig.nd4j.samediff.SameDiffTrainer}. */
@NullMarked
package dev.alig.nd4j.samediff;

import org.jspecify.annotations.NullMarked;
