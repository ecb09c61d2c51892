/** The rows of {@code ci/matrix.yaml}, and how they run on a machine. */
@NullMarked
package dev.alig.conformance.matrix;

import org.jspecify.annotations.NullMarked;
