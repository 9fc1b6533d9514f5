/**
 * libc as it is: its functions ({@link io.sockfd.raw.Libc}), its constants and its memory, under their names in C. Every
 * function returns what C returns, or {@code -errno}; none throws. The structs are in {@link io.sockfd.raw.struct}.
 *
 * <p>Two pairs of classes know each other: {@code Libc.get()} is the way to the library's own backend, and a {@code Backend}
 * gives its {@code Libc}; the Cleaner of {@code Memory} is made by {@code ProcessNamespace}, which keeps its paths in such
 * memory.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.raw;

import org.jspecify.annotations.NullMarked;
