@NullMarked
package dev.alig.python;

import org.jspecify.annotations.NullMarked;
