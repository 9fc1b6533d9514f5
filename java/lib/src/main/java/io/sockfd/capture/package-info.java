/** Captured packets: sockets that see whole frames, rings shared with the kernel, and the files that hold captures. */
@NullMarked
package io.sockfd.capture;

import org.jspecify.annotations.NullMarked;
