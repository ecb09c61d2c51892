/** ALI-G on ND4J arrays; {@link dev.alig.nd4j.AliG} is the way in. */
@NullMarked
package dev.alig.nd4j;

import org.jspecify.annotations.NullMarked;
