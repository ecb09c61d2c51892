/** ALI-G for TensorFlow-Java. Start with {@link dev.alig.tensorflow.AliG}. */
@NullMarked
package dev.alig.tensorflow;

import org.jspecify.annotations.NullMarked;
