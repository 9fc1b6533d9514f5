/**
 * Captured packets: sockets that see whole frames, rings shared with the kernel, and the files that hold captures.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.capture;

import org.jspecify.annotations.NullMarked;
