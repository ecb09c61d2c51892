/** ALI-G for SameDiff graphs. */
@NullMarked
package dev.alig.nd4j.samediff;

import org.jspecify.annotations.NullMarked;
