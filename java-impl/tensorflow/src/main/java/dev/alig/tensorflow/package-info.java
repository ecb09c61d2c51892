/** ALI-G for TensorFlow-Java; {@link dev.alig.tensorflow.AliG} is the way in. */
@NullMarked
package dev.alig.tensorflow;

import org.jspecify.annotations.NullMarked;
