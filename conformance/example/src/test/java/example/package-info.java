/** The two optimizers under the conformance kit. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
