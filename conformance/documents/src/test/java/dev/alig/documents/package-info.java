/** Runs the commands that the documents show. */
@NullMarked
package dev.alig.documents;

import org.jspecify.annotations.NullMarked;
