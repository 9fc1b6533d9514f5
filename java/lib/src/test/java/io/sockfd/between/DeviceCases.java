package io.sockfd.between;

import static io.sockfd.between.Cases.TIME;
import static io.sockfd.between.Cases.ignore;
import static io.sockfd.between.Cases.own;
import static io.sockfd.between.Cases.pair;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.TunDevice;
import io.sockfd.between.Cases.Opened;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.capture.TransmitRing;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.EventFd;
import io.sockfd.event.TimerFd;
import io.sockfd.netlink.Netlink;
import io.sockfd.netlink.NetlinkRequest;
import io.sockfd.raw.Linux;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import java.nio.ByteBuffer;
import java.util.List;

/** Operations of interfaces, of packets, and of the kernel's other descriptors. */
final class DeviceCases {
    private static final XdpSetup SETUP = new XdpSetup(64, 64, 64, XdpSetup.Copy.ALWAYS);

    private DeviceCases() {}

    static void addTo(Cases cases) {
        netlink(cases);
        packets(cases);
        tun(cases);
        xdp(cases);
        events(cases);
    }

    private static void netlink(Cases cases) {
        cases.add("netlink", all -> {
            Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE);
            own(all, netlink.socket().timeout(TIME));
            NetlinkRequest request = netlink.dump(Linux.RTM_GETLINK, 0);
            request.buffer().put(new byte[16]);
            return new Opened(netlink.socket(), netlink::execute);
        });
    }

    private static ByteBuffer frame() {
        return ByteBuffer.allocate(60).putShort(12, (short) 0x88b5);
    }

    private static void packets(Cases cases) {
        cases.add("packets", all -> {
            PacketSocket packets = own(all, PacketSocket.on("lo"));
            return new Opened(packets, () -> ignore(packets.next(TIME)));
        });
        cases.add("packets, send", all -> {
            PacketSocket packets = own(all, PacketSocket.on("lo"));
            return new Opened(packets, () -> packets.send(frame()));
        });
        for (boolean filled : new boolean[] {false, true}) {
            cases.add("receive ring" + (filled ? " with packets" : ""), all -> {
                PacketSocket packets = own(all, PacketSocket.on("lo"));
                ReceiveRing ring = own(all, ReceiveRing.open(packets, RingSize.RECEIVE));
                if (filled) {
                    packets.send(frame());
                }
                return new Opened(ring, () -> {
                    for (int i = 0; i < 3 && ring.isOpen(); i++) {
                        ignore(ring.next(TIME));
                    }
                });
            });
        }
        cases.add("transmit ring, drain", all -> {
            PacketSocket packets = own(all, PacketSocket.on("lo", 0));
            TransmitRing ring = own(all, TransmitRing.open(packets, RingSize.TRANSMIT));
            for (int i = 0; i < 8; i++) {
                ring.send(frame());
            }
            return new Opened(ring, () -> ignore(ring.drain(TIME)));
        });
        cases.add("transmit ring, flush", all -> {
            PacketSocket packets = own(all, PacketSocket.on("lo", 0));
            TransmitRing ring = own(all, TransmitRing.open(packets, RingSize.TRANSMIT));
            ring.send(frame());
            return new Opened(ring, ring::flush);
        });
    }

    private static void tun(Cases cases) {
        for (boolean heap : new boolean[] {false, true}) {
            ByteBuffer buffer = heap ? ByteBuffer.allocate(64) : ByteBuffer.allocateDirect(64);
            cases.add("tun read, heap " + heap, all -> {
                TunDevice tun = own(
                        all, TunDevice.open("", Linux.IFF_TUN | Linux.IFF_NO_PI).timeout(TIME));
                return new Opened(tun, () -> ignore(tun.read(buffer.clear())));
            });
            cases.add("tun write, heap " + heap, all -> {
                TunDevice tun = own(
                        all, TunDevice.open("", Linux.IFF_TUN | Linux.IFF_NO_PI).timeout(TIME));
                return new Opened(tun, () -> ignore(tun.write(buffer.clear())));
            });
        }
        cases.add("tun attached", all -> {
            TunDevice tun = own(all, TunDevice.open("", Linux.IFF_TUN | Linux.IFF_MULTI_QUEUE));
            return new Opened(tun, () -> tun.attached(false));
        });
    }

    private static void xdp(Cases cases) {
        cases.add("xdp receive", all -> {
            Umem umem = own(all, Umem.of(128, 2048, 32));
            XdpSocket socket = own(all, XdpSocket.open("lo", 0, umem, SETUP));
            return new Opened(socket, () -> ignore(socket.receiveRing().next(TIME)));
        });
        cases.add("xdp send", all -> {
            Umem umem = own(all, Umem.of(128, 2048, 32));
            XdpSocket socket = own(all, XdpSocket.open("lo", 0, umem, SETUP));
            socket.transmitRing().send(frame());
            return new Opened(socket, () -> ignore(socket.transmitRing().drain(TIME)));
        });
    }

    private static void events(Cases cases) {
        for (String what : List.of("the epoll", "what it watches")) {
            cases.add("epoll, " + what, all -> {
                Socket.Pair pair = pair(all, Domain.UNIX);
                Epoll epoll = own(all, Epoll.open());
                ignore(epoll.add(pair.first(), Linux.EPOLLIN, null));
                EpollEvents events = new EpollEvents(8);
                return new Opened(
                        what.equals("the epoll") ? epoll : pair.first(),
                        () -> ignore(epoll.await(events, TIME.toNanos())));
            });
        }
        cases.add("eventfd", all -> {
            EventFd event = own(all, EventFd.open(0));
            return new Opened(event, () -> ignore(event.read(TIME)));
        });
        cases.add("timerfd", all -> {
            TimerFd timer = own(all, TimerFd.open());
            timer.set(TIME.multipliedBy(2));
            return new Opened(timer, () -> ignore(timer.read(TIME)));
        });
    }
}
