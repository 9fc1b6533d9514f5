/**
 * libc as it is: its functions ({@link io.sockfd.raw.Libc}), its constants and its memory, under their names in C. Every
 * function returns what C returns, or {@code -errno}; none throws. The structs are in {@link io.sockfd.raw.struct}.
 */
@NullMarked
package io.sockfd.raw;

import org.jspecify.annotations.NullMarked;
