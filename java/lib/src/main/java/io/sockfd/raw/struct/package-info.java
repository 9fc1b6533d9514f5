/**
 * C's structs as flyweights: static accessors over a buffer and the offset at which the struct begins, one class per
 * struct, all names as in C. Nothing is allocated except where an accessor says that it copies.
 *
 * <p>The buffer is in native byte order, as {@link io.sockfd.raw.Memory} makes it. Each class has {@code SIZE}, and for
 * each field its offset in capitals, so {@code b.getInt(o + SockaddrLl.SLL_IFINDEX)} and {@code
 * SockaddrLl.sll_ifindex(b, o)} are the same. An array of bytes has its length too ({@code SLL_ADDR_BYTES}); to read it
 * without a copy of its own, {@code b.get(o + SockaddrLl.SLL_ADDR, array)}. A struct inside of a struct has an offset
 * only: use its own class there. What only the kernel writes has no setters.
 *
 * <p>In the drawings, {@code u8} and {@code u16} are {@code int} in Java, {@code u32} is an {@code int} with the same
 * bits or, for quantities, a {@code long}; {@code u64} and {@code ptr} (an address) are {@code long}; {@code or} marks
 * another reading of the same bytes.
 *
 * <p>Some classes have a namesake that is an object: {@code io.sockfd.Linger} or {@code io.sockfd.option.TcpInfo} is what an
 * option or a message has for its value, and a class of this package is where its fields are in memory. Only somebody who
 * calls {@link io.sockfd.raw.Libc} imports from here; whoever has both in one file names the object's package. No other two
 * public classes of the library share a name.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.raw.struct;

import org.jspecify.annotations.NullMarked;
