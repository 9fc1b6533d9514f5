/** Which sockets are ready: waiting without a wait, and changing what is watched. */
@NullMarked
package io.sockfd.benchmarks.readiness;

import org.jspecify.annotations.NullMarked;
