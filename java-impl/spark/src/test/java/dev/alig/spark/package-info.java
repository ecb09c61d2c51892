@NullMarked
package dev.alig.spark;

import org.jspecify.annotations.NullMarked;
