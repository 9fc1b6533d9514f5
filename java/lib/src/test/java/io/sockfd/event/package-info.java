/** Epoll, event loop, timers and signals as descriptors. */
@NullMarked
package io.sockfd.event;

import org.jspecify.annotations.NullMarked;
