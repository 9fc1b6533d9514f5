/** Channels on the JDK's provider, which is the oracle, and on ours. */
@NullMarked
package io.sockfd.nio;

import org.jspecify.annotations.NullMarked;
