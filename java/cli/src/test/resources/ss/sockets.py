"""Opens a few hundred sockets of all kinds in the network namespace it was started in, says so, and waits."""

import fcntl
import os
import socket
import struct
import subprocess
import sys

directory = sys.argv[1]
keep = []


def own(family, kind, protocol=0):
    s = socket.socket(family, kind, protocol)
    keep.append(s)
    return s


def pair(family, host):
    listener = own(family, socket.SOCK_STREAM)
    listener.bind((host, 0))
    listener.listen(16)
    client = own(family, socket.SOCK_STREAM)
    client.connect(listener.getsockname())
    server, _ = listener.accept()
    keep.append(server)
    return client, server


with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh22x", b"lo", 0x41))  # SIOCSIFFLAGS, IFF_UP | IFF_RUNNING

scope = 0
if subprocess.run(["ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1"], check=False).returncode == 0:
    subprocess.run(["ip", "link", "set", "v1", "up"], check=True)
    subprocess.run(["ip", "link", "set", "v0", "up"], check=True)
    subprocess.run(["ip", "addr", "add", "fe80::7/64", "dev", "v0", "nodad"], check=True)
    scope = socket.if_nametoindex("v0")

for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    for _ in range(25):
        pair(family, host)
    for count in range(1, 4):
        client, server = pair(family, host)
        server.sendall(b"x" * 100 * count)  # not read
    client, server = pair(family, host)
    client.shutdown(socket.SHUT_WR)  # FIN-WAIT-2 and CLOSE-WAIT
    client, server = pair(family, host)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for _ in range(3):
        client, server = pair(family, host)
        client.close()
        server.close()  # TIME-WAIT

for port in (80, 443, 0):
    s = own(socket.AF_INET, socket.SOCK_STREAM)
    s.bind(("0.0.0.0", port))
    s.listen(7)
s = own(socket.AF_INET6, socket.SOCK_STREAM)
s.bind(("::", 8080))
s.listen(5)
client = own(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 8080))  # its other end is ::ffff:127.0.0.1, and waits for accept
s = own(socket.AF_INET6, socket.SOCK_STREAM)
s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
s.bind(("::", 8081))
s.listen(5)

for _ in range(30):
    own(socket.AF_INET, socket.SOCK_DGRAM).bind(("127.0.0.1", 0))
    own(socket.AF_INET6, socket.SOCK_DGRAM).bind(("::1", 0))
own(socket.AF_INET, socket.SOCK_DGRAM).bind(("0.0.0.0", 53))
own(socket.AF_INET6, socket.SOCK_DGRAM).bind(("::", 5353))
s = own(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 53))
s.send(b"not read")
s = own(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
s.bind(("127.0.0.1", 67))
if scope:
    own(socket.AF_INET6, socket.SOCK_DGRAM).bind(("fe80::7", 547, 0, scope))

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    for i in range(10):
        keep.extend(socket.socketpair(socket.AF_UNIX, kind))
        own(socket.AF_UNIX, kind).bind("%s/%d %d" % (directory, kind, i))
        own(socket.AF_UNIX, kind).bind("\0sockfd-ss-%d\0%d" % (kind, i))
        own(socket.AF_UNIX, kind).bind("")  # the kernel's choice
    if kind != socket.SOCK_DGRAM:
        listener = own(socket.AF_UNIX, kind)
        listener.bind("%s/listener %d" % (directory, kind))
        listener.listen(9)
        for i in range(3):
            own(socket.AF_UNIX, kind).connect(listener.getsockname())

own(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
own(socket.AF_INET, socket.SOCK_RAW, 253).bind(("127.0.0.1", 0))
own(socket.AF_INET, socket.SOCK_RAW, 253).connect(("127.0.0.1", 0))
own(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
own(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)

own(socket.AF_PACKET, socket.SOCK_RAW, 0)
own(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806)).bind(("lo", 0x0806))
own(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x88CC))
own(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)).bind(("lo", 3))

own(socket.AF_NETLINK, socket.SOCK_RAW, 0).bind((5555, 5))
s = own(socket.AF_NETLINK, socket.SOCK_DGRAM, 2)
s.bind((5556, 0))
s.connect((5557, 1))

print(os.getpid(), sum(s.fileno() >= 0 for s in keep), flush=True)
sys.stdin.read()
