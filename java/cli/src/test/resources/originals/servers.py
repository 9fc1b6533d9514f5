"""Peers for nc on 127.0.0.1, and on UNIX sockets in the directory of the first word; says that it is ready, and waits."""

import os
import socket
import socketserver
import sys
import threading

directory = sys.argv[1]


class Echo(socketserver.StreamRequestHandler):
    """Sends all back, at the end."""

    def handle(self):
        self.wfile.write(self.rfile.read())


class Greeter(socketserver.StreamRequestHandler):
    """Says a line and closes."""

    def handle(self):
        self.wfile.write(b"hello\n")


class Datagrams(socketserver.BaseRequestHandler):
    """Sends each back."""

    def handle(self):
        data, sock = self.request
        sock.sendto(data, self.client_address)


def receive(sock, count):
    data = b""
    while len(data) < count:
        data += sock.recv(count - len(data))
    return data


class Proxy(socketserver.BaseRequestHandler):
    """SOCKS 4 and 5 and HTTP's CONNECT; what is behind it is the greeter."""

    def handle(self):
        s = self.request
        first = receive(s, 1)
        if first == b"\x05":
            receive(s, receive(s, 1)[0])
            s.sendall(b"\x05\x00")
            kind = receive(s, 4)[3]
            receive(s, {1: 4, 4: 16}.get(kind) or receive(s, 1)[0])
            port = int.from_bytes(receive(s, 2), "big")
            if port == 1:
                s.sendall(b"\x05\x05\x00\x01" + bytes(6))
                return
            s.sendall(b"\x05\x00\x00\x01" + bytes(6))
        elif first == b"\x04":
            receive(s, 7)
            while receive(s, 1) != b"\x00":
                pass
            s.sendall(b"\x00\x5a" + bytes(6))
        else:
            data = first
            while not data.endswith(b"\r\n\r\n"):
                data += receive(s, 1)
            s.sendall(b"HTTP/1.0 200 Connection established\r\n\r\n")
        s.sendall(b"hello through a proxy\n")


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class TcpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Tcp6Server(TcpServer):
    address_family = socket.AF_INET6


servers = [
    TcpServer(("127.0.0.1", 7001), Echo),
    TcpServer(("127.0.0.1", 7002), Greeter),
    TcpServer(("127.0.0.1", 80), Greeter),
    TcpServer(("127.0.0.1", 1080), Proxy),
    Tcp6Server(("::1", 7003), Greeter),
    socketserver.UDPServer(("127.0.0.1", 7004), Datagrams),
    UnixServer(directory + "/echo", Echo),
    UnixServer("\0sockfd-originals", Greeter),
]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
os._exit(0)
