/**
 * The backend of Java 22 and later, whose classes are in the overlay of the jar. The package has to be here for jlink of
 * older ones, which wants every package that the module names.
 */
@NullMarked
package io.sockfd.internal.ffm;

import org.jspecify.annotations.NullMarked;
