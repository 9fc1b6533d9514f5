package io.sockfd.packet;

/** Whether the checksums of a frame are right, and how they are made right. */
final class FrameChecksums {
    private FrameChecksums() {}

    static ChecksumStatus network(Frame frame) {
        Ipv4 ip = frame.ipv4();
        if (ip == null) {
            return ChecksumStatus.ABSENT;
        }
        return ip.isHeaderChecksumValid() ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    static ChecksumStatus transport(Frame frame) {
        Header<?> h = frame.transportHeader();
        Udp udp = frame.udp();
        boolean none = udp != null && udp.checksum() == 0;
        if (h == null || (none && frame.ipv4() != null)) {
            return ChecksumStatus.ABSENT;
        } else if (frame.isChecksumOffloaded()) {
            return ChecksumStatus.OFFLOADED;
        } else if (!isWhole(frame)) {
            return ChecksumStatus.UNVERIFIABLE;
        } else if (none) {
            return ChecksumStatus.BAD; // over IPv6 there must be one, and a right sum is sent as 0xffff
        }
        long sum = Transport.sum(h, frame.ipv4(), frame.ipv6(), frame.routing(), h.payloadLimit());
        return Checksum.finish(sum) == 0 ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    static void fill(Frame frame) {
        Ipv4 ip = frame.ipv4();
        if (ip != null) {
            ip.fillHeaderChecksum();
        }
        Header<?> h = frame.transportHeader();
        if (h != null && isWhole(frame) && transport(frame) != ChecksumStatus.ABSENT) {
            Transport.fill(h, ip, frame.ipv6(), frame.routing(), h.payloadLimit());
        }
    }

    /** Whether all that the transport's checksum is of is here. */
    private static boolean isWhole(Frame frame) {
        Udp udp = frame.udp();
        return !frame.isTruncated() && !frame.isFragment() && (udp == null || !udp.isTruncated());
    }
}
