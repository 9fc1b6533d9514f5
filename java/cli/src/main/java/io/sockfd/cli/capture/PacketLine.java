package io.sockfd.cli.capture;

import io.sockfd.packet.Ethernet;
import io.sockfd.packet.LinuxSll2;
import io.sockfd.packet.Packet;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A packet as text, in tcpdump's form. */
final class PacketLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final long SECOND = 1_000_000_000;
    private static final int PER_LINE = 16;

    private final boolean linkHeader;
    private final boolean hex;
    private final Packet packet = new Packet();

    PacketLine(boolean linkHeader, boolean hex) {
        this.linkHeader = linkHeader;
        this.hex = hex;
    }

    String of(Source source) {
        ByteBuffer data = source.data();
        packet.wrap(data, source.linkType(), source.length());
        StringBuilder text = new StringBuilder(128);
        long nanos = source.timestampNanos();
        TIME.formatTo(Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND)), text);
        text.append(' ').append(source.where());
        if (linkHeader) {
            link(text, source.length());
        }
        packet.describe(text);
        text.append(System.lineSeparator());
        if (hex) {
            dump(text, data, networkOffset(data));
        }
        return text.toString();
    }

    private void link(StringBuilder text, long length) {
        Ethernet ethernet = packet.ethernet();
        LinuxSll2 sll = packet.linuxSll2();
        if (ethernet != null) {
            text.append(ethernet.source()).append(" > ").append(ethernet.destination());
            type(text, ethernet.etherType());
        } else if (sll != null) {
            text.append("ifindex ").append(sll.interfaceIndex());
            type(text, sll.protocol());
        }
        text.append(", length ").append(length).append(": ");
    }

    private static void type(StringBuilder text, int type) {
        text.append(", ethertype ").append(String.format(Locale.ROOT, "0x%04x", type));
    }

    /** Where the bytes behind the link header begin. */
    private int networkOffset(ByteBuffer data) {
        Ethernet ethernet = packet.ethernet();
        LinuxSll2 sll = packet.linuxSll2();
        return ethernet != null ? ethernet.payloadOffset() : sll != null ? sll.payloadOffset() : data.position();
    }

    private static void dump(StringBuilder text, ByteBuffer data, int begin) {
        for (int line = begin; line < data.limit(); line += PER_LINE) {
            text.append(String.format(Locale.ROOT, "\t0x%04x: ", line - begin));
            for (int i = line; i < Math.min(line + PER_LINE, data.limit()); i++) {
                text.append((i - line) % 2 == 0 ? " " : "").append(String.format(Locale.ROOT, "%02x", data.get(i)));
            }
            text.append(System.lineSeparator());
        }
    }
}
