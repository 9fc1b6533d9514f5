/**
 * {@link io.sockfd.segment.Segments} sends from memory segments and receives into them.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.segment;

import org.jspecify.annotations.NullMarked;
