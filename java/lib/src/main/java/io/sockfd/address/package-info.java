/**
 * Addresses of every family of Linux. {@link java.net.InetSocketAddress} and {@link java.net.UnixDomainSocketAddress} are
 * taken as they are; the classes here say what those cannot. {@link io.sockfd.address.Sockaddr} is the kernel's bytes, for
 * hot paths.
 *
 * <p>All address classes are immutable values and print in the notation that {@link io.sockfd.address.Addresses#parse}
 * reads:
 *
 * <table>
 * <caption>Notations</caption>
 * <tr><td>IPv4, IPv6</td><td>{@code 127.0.0.1:80}, {@code [::1]:80}, {@code [fe80::1%eth0]:80}, {@code *:80},
 *     {@code [::1]:80?flowinfo=0x12345}</td></tr>
 * <tr><td>UNIX</td><td>{@code /run/x.sock}, {@code ./x.sock}, {@code unix:x.sock}, {@code @abstract}, {@code unix:} (no
 *     name); see {@link io.sockfd.address.UnixAddress} for bytes that do not print</td></tr>
 * <tr><td>packet</td><td>{@code packet:eth0/0x0800}, {@code packet:eth0/0x0800/aa:bb:cc:dd:ee:ff}</td></tr>
 * <tr><td>netlink</td><td>{@code netlink:PID:GROUPS}, as in {@code netlink:0:0x11}</td></tr>
 * <tr><td>vsock</td><td>{@code vsock:2:1024}; {@code any}, {@code hypervisor}, {@code local}, {@code host} for the
 *     CID, {@code any} for the port</td></tr>
 * <tr><td>CAN</td><td>{@code can:vcan0}, {@code can:vcan0?rx=0x123&tx=0x321}, {@code
 *     j1939:vcan0?name=0x1&pgn=0x12300&addr=0x20}</td></tr>
 * <tr><td>Bluetooth</td><td>{@code l2cap:aa:bb:cc:dd:ee:ff:PSM}, {@code rfcomm:aa:bb:cc:dd:ee:ff:CHANNEL}, {@code
 *     hci:0:raw}, {@code sco:aa:bb:cc:dd:ee:ff}</td></tr>
 * <tr><td>TIPC</td><td>{@code tipc:service:TYPE:INSTANCE}, {@code tipc:range:TYPE:LOWER:UPPER}, {@code
 *     tipc:socket:REF:NODE}</td></tr>
 * <tr><td>crypto</td><td>{@code alg:hash/sha256}</td></tr>
 * <tr><td>XDP</td><td>{@code xdp:eth0:QUEUE}</td></tr>
 * <tr><td>QIPCRTR</td><td>{@code qipcrtr:NODE:PORT}</td></tr>
 * <tr><td>any other</td><td>{@code raw:FAMILY:hex}</td></tr>
 * </table>
 *
 * Numbers are decimal or {@code 0x} hexadecimal. An interface is a name or an index; a name of digits only reads as an
 * index. What is not always there follows as {@code ?key=value&key=value}. No host name is looked up here, except by
 * {@link io.sockfd.address.Addresses#resolve}.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.address;

import org.jspecify.annotations.NullMarked;
