/** Small graphs of SameDiff's operations, whose gradients are measured. */
@NullMarked
package dev.alig.nd4j.samediff.ops;

import org.jspecify.annotations.NullMarked;
