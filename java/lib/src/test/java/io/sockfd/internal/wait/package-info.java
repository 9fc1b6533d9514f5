/** Waits and the lives of descriptors. */
@NullMarked
package io.sockfd.internal.wait;

import org.jspecify.annotations.NullMarked;
