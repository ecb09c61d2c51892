/** ALI-G on ND4J arrays. Start with {@link dev.alig.nd4j.AliG}. */
@NullMarked
package dev.alig.nd4j;

import org.jspecify.annotations.NullMarked;
