/** One network, trained side by side by ALI-G and by Deeplearning4j's own optimizers. */
@NullMarked
package dev.alig.comparison;

import org.jspecify.annotations.NullMarked;
