package io.sockfd.packet;

/** TCP's flags and options in tcpdump's words. */
final class TcpText {
    /** The letter of each bit, from the lowest. */
    private static final String LETTERS = "FSRP.UEWe";

    private static final String[] MPTCP_SUBTYPES = {
        "capable", "join", "dss", "add-addr", "rem-addr", "prio", "fail", "fast-close", "tcprst",
    };
    private static final int FAST_OPEN_EXPERIMENT = 0xf989;
    private static final int ACCURATE_ECN_COUNTER = 3;

    private TcpText() {}

    static void describe(Tcp m, StringBuilder out) {
        out.append("Flags [");
        flags(out, m.flags());
        out.append(']');
        int bytes = m.payloadLengthOnWire();
        if (bytes > 0 || m.syn() || m.fin() || m.rst()) {
            out.append(", seq ").append(m.sequenceNumber());
        }
        if (bytes > 0) {
            out.append(':').append((m.sequenceNumber() + bytes) & Bytes.U32);
        }
        if (m.ack()) {
            out.append(", ack ").append(m.acknowledgmentNumber());
        }
        out.append(", win ").append(m.window());
        if (m.urg()) {
            out.append(", urg ").append(m.urgentPointer());
        }
        if (m.headerLength() > Tcp.SIZE) {
            options(out.append(", options ["), m.options());
            out.append(']');
        }
        out.append(", length ").append(bytes);
    }

    private static void flags(StringBuilder out, int flags) {
        if (flags == 0) {
            out.append("none");
        }
        for (int i = 0; i < LETTERS.length(); i++) {
            if ((flags & 1 << i) != 0) {
                out.append(LETTERS.charAt(i));
            }
        }
    }

    private static void options(StringBuilder out, TcpOptionList options) {
        String comma = "";
        while (options.advance()) {
            out.append(comma);
            comma = ",";
            option(out, options);
        }
        if (options.problem() != null) {
            out.append(comma).append("bad opt");
        } else if (options.at < options.end()) {
            out.append(comma).append("eol");
        }
    }

    private static void option(StringBuilder out, TcpOptionList o) {
        switch (o.kind()) {
            case TcpOptionList.NOP -> out.append("nop");
            case TcpOptionList.MSS -> out.append("mss ").append(o.mss());
            case TcpOptionList.WINDOW_SCALE -> out.append("wscale ").append(o.windowScale());
            case TcpOptionList.SACK_PERMITTED -> out.append("sackOK");
            case TcpOptionList.SACK -> sack(out, o);
            case TcpOptionList.TIMESTAMPS ->
                out.append("TS val ").append(o.tsVal()).append(" ecr ").append(o.tsEcr());
            case TcpOptionList.MD5 -> bytes(out.append("md5 "), o, 2);
            case TcpOptionList.USER_TIMEOUT -> userTimeout(out, o.u16(2));
            case TcpOptionList.AUTHENTICATION -> authentication(out, o);
            case TcpOptionList.MPTCP -> multipath(out, o);
            case TcpOptionList.FAST_OPEN -> fastOpen(out.append("tfo "), o, 2);
            case TcpOptionList.ACCURATE_ECN_0, TcpOptionList.ACCURATE_ECN_1 -> accurateEcn(out, o);
            case TcpOptionList.EXPERIMENT -> experiment(out, o);
            case 6 -> number(out.append("echo "), o);
            case 7 -> number(out.append("echoreply "), o);
            case 11 -> number(out.append("cc "), o);
            case 12 -> number(out.append("ccnew "), o);
            case 13 -> number(out.append("ccecho "), o);
            case 20 -> bytes(out.append("scps "), o, 2);
            default -> bytes(out.append("unknown-").append(o.kind()).append(' '), o, 2);
        }
    }

    private static void sack(StringBuilder out, TcpOptionList o) {
        out.append("sack ").append(o.sackBlocks()).append(' ');
        for (int i = 0; i < o.sackBlocks(); i++) {
            out.append('{').append(o.sackLeft(i)).append(':').append(o.sackRight(i));
            out.append('}');
        }
    }

    /** The highest bit says that the unit is a minute. */
    private static void userTimeout(StringBuilder out, int value) {
        out.append("uto ").append(value & 0x7fff).append((value & 0x8000) != 0 ? "min" : "s");
    }

    private static void authentication(StringBuilder out, TcpOptionList o) {
        out.append("tcp-ao");
        if (o.length() >= 4) {
            out.append(" keyid ").append(o.u8(2)).append(" rnextkeyid ").append(o.u8(3));
            bytes(out.append(" mac "), o, 4);
        }
    }

    private static void multipath(StringBuilder out, TcpOptionList o) {
        out.append("mptcp");
        if (o.length() > 2) {
            int subtype = o.u8(2) >> 4;
            out.append(' ').append(subtype < MPTCP_SUBTYPES.length ? MPTCP_SUBTYPES[subtype] : "subtype " + subtype);
            if (subtype == 0) {
                out.append(" v").append(o.u8(2) & 15);
            }
        }
    }

    private static void fastOpen(StringBuilder out, TcpOptionList o, int from) {
        if (o.length() == from) {
            out.append("cookiereq");
        } else {
            bytes(out.append("cookie "), o, from);
        }
    }

    /** Counters of bytes, as many as there are. */
    private static void accurateEcn(StringBuilder out, TcpOptionList o) {
        out.append(o.kind() == TcpOptionList.ACCURATE_ECN_0 ? "accecn0" : "accecn1");
        for (int at = 2; at + ACCURATE_ECN_COUNTER <= o.length(); at += ACCURATE_ECN_COUNTER) {
            out.append(' ').append(o.u16(at) << Byte.SIZE | o.u8(at + 2));
        }
    }

    private static void experiment(StringBuilder out, TcpOptionList o) {
        if (o.length() >= 4 && o.u16(2) == FAST_OPEN_EXPERIMENT) {
            fastOpen(out.append("exp-tfo "), o, 4);
        } else {
            bytes(out.append("exp "), o, 2);
        }
    }

    private static void number(StringBuilder out, TcpOptionList o) {
        if (o.length() == 2 + Integer.BYTES) {
            out.append(o.u32(2));
        } else {
            bytes(out, o, 2);
        }
    }

    private static void bytes(StringBuilder out, TcpOptionList o, int from) {
        if (o.length() == from && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1); // nothing follows
        }
        for (int i = from; i < o.length(); i++) {
            int u = o.u8(i);
            out.append(Character.forDigit(u >> 4, 16)).append(Character.forDigit(u & 15, 16));
        }
    }
}
