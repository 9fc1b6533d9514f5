/**
 * The memory that a thread has for one call: {@linkplain io.sockfd.internal.memory.CallMemory bytes} that are copied or
 * arguments, the {@linkplain io.sockfd.internal.memory.GatherHeader header} of a call with several buffers, the value of an
 * {@linkplain io.sockfd.internal.memory.OptionMemory option}; and the headers of messages, which are their own. And {@linkplain
 * io.sockfd.internal.memory.Mapping memory} that is shared with the kernel, of rings.
 *
 * <p>The one rule for a thread's memory: <b>it is good until the thread takes some again, and no wait takes any.</b> So an
 * operation that was told to wait finds what it was about to send where it put it, and a call that is made on its behalf
 * meanwhile, to ask for an option for instance, must bring memory of its own. What is larger than 1 MiB is not kept for the
 * thread: only who took it keeps it reachable.
 *
 * <p>Thread locals hold types of the JDK only, see {@link io.sockfd.internal.memory.PerThread}. This package knows {@link
 * io.sockfd.raw} and {@link io.sockfd.address} alone.
 */
@NullMarked
package io.sockfd.internal.memory;

import org.jspecify.annotations.NullMarked;
