/** The built-in subjects: the optimizers of this project behind the kit's interface. */
@NullMarked
package dev.alig.conformance.subjects;

import org.jspecify.annotations.NullMarked;
