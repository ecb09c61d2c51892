/** The experiment on natural language inference: InferSent on the sentence pairs of SNLI. */
@NullMarked
package dev.alig.experiments.sentences;

import org.jspecify.annotations.NullMarked;
