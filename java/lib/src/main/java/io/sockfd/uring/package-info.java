/**
 * io_uring(7): operations that are handed to the kernel in a ring of memory and come back, done, in another, many for one
 * system call. It lies above {@link io.sockfd}, whose descriptors it uses.
 *
 * <p>{@link io.sockfd.uring.Ring} belongs to one thread. An {@link io.sockfd.uring.Operation} is an object that is made once
 * and started again and again. While it is in flight, the ring keeps the object, its memory, and its descriptor's number:
 *
 * <pre>
 *             start                        a completion, more to come
 *   idle ----------------> in flight ------------------------+
 *    ^                      |  ^ |                           |
 *    |   last completion    |  | +-- the descriptor closes,  |
 *    +----------------------+  |     or cancel: asked to end |
 *                              +-----------------------------+
 *
 *   at start                 the descriptor is held, the memory is the kernel's
 *   at the last completion   the memory is given back, the descriptor let go: after a close, close(2) is now
 * </pre>
 *
 * <p>So a number is never another descriptor's when the kernel looks at it, no memory is given back while the kernel writes
 * to it, and a close under an operation ends the operation first and the descriptor then, as the peer sees.
 *
 * <p>Who knows whom goes one way: a Ring makes operations and hands them out again, and an operation knows what is common to
 * both, the Core. An Operation is sealed, so it names its kinds, and uses nothing of them. One pair of classes knows each
 * other: the RingPeer starts its operations in the RingEngine's ring, which brings them back to it.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.uring;

import org.jspecify.annotations.NullMarked;
