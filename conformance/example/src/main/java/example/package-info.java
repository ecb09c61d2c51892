/** Two optimizers of one's own, on plain arrays. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
