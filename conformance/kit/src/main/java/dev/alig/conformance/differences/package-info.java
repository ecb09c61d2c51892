/** The register of known differences, and the checks that each of them still holds. */
@NullMarked
package dev.alig.conformance.differences;

import org.jspecify.annotations.NullMarked;
