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
 * <p>Ring, Operation and its kinds know each other, because the ring makes operations and hands them out again; their
 * common ground is the class Core. So do RingEngine and its RingPeer: the peer starts its operations in the engine's ring,
 * which brings them back to it.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.uring;

import org.jspecify.annotations.NullMarked;
