/** Where cases come from: generators that shrink, and trace files. */
@NullMarked
package dev.alig.conformance.cases;

import org.jspecify.annotations.NullMarked;
