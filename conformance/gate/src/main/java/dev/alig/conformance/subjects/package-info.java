/** The built-in subjects: adapters of this project's optimizers to the kit's interface. */
@NullMarked
package dev.alig.conformance.subjects;

import org.jspecify.annotations.NullMarked;
