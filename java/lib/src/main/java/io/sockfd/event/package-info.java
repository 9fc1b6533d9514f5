/**
 * Descriptors that tell when something happened, and who waits for many at once: {@link io.sockfd.event.Epoll} and the
 * {@link io.sockfd.event.EventLoop} over it; counters ({@link io.sockfd.event.EventFd}), timers ({@link
 * io.sockfd.event.TimerFd}) and signals ({@link io.sockfd.event.SignalFd}) as descriptors. It lies above {@link io.sockfd},
 * whose descriptors it watches.
 *
 * <p>Epoll, EpollEvents and Registration know each other, because each hands out the others; so do EventLoop and its Timer,
 * Resting and AcceptHandler.
 */
@NullMarked
package io.sockfd.event;

import org.jspecify.annotations.NullMarked;
