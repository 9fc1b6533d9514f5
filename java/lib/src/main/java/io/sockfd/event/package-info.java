/**
 * Descriptors that tell when something happened, and who waits for many at once: {@link io.sockfd.event.Epoll} and the
 * {@link io.sockfd.event.EventLoop} over it; counters ({@link io.sockfd.event.EventFd}), timers ({@link
 * io.sockfd.event.TimerFd}) and signals ({@link io.sockfd.event.SignalFd}) as descriptors. It lies above {@link io.sockfd},
 * whose descriptors it watches.
 *
 * <p>Three pairs of classes know each other, because one hands out the other and is asked by it: an EventLoop has its
 * AcceptHandler, which is a handler as those of users are; Timers has the heap of each Timer, which takes itself out; a
 * Peer and its PeerHandler.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.event;

import org.jspecify.annotations.NullMarked;
