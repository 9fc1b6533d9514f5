/**
 * {@link io.sockfd.segment.Segments} sends from memory segments and receives into them.
 *
 * <p>It is an artifact of its own because the library's base is Java 17, where no signature can name a {@code MemorySegment}. A
 * class that only the overlay of a multi-release jar has is no part of its module's API, and a method that takes {@code Object}
 * would compile with anything. So a user on 22 adds a dependency, and a user on 17 never meets it.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.segment;

import org.jspecify.annotations.NullMarked;
