package io.sockfd.bpf;

import io.sockfd.raw.Linux;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a load from SKF_AD_OFF and above gives instead of packet bytes, under the names of the kernel's bpf_asm. */
enum Extension {
    PROTO(Linux.SKF_AD_PROTOCOL),
    TYPE(Linux.SKF_AD_PKTTYPE),
    IFIDX(Linux.SKF_AD_IFINDEX),
    NLA(Linux.SKF_AD_NLATTR),
    NLAN(Linux.SKF_AD_NLATTR_NEST),
    MARK(Linux.SKF_AD_MARK),
    QUEUE(Linux.SKF_AD_QUEUE),
    HATYPE(Linux.SKF_AD_HATYPE),
    RXHASH(Linux.SKF_AD_RXHASH),
    CPU(Linux.SKF_AD_CPU),
    VLAN_TCI(Linux.SKF_AD_VLAN_TAG),
    VLAN_AVAIL(Linux.SKF_AD_VLAN_TAG_PRESENT),
    POFF(Linux.SKF_AD_PAY_OFFSET),
    RAND(Linux.SKF_AD_RANDOM),
    VLAN_TPID(Linux.SKF_AD_VLAN_TPID);

    /** The k of the load. */
    final int k;

    Extension(int offset) {
        this.k = Linux.SKF_AD_OFF + offset;
    }

    /** As it is written, without the number sign. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Extension of(int k) {
        for (Extension extension : values()) {
            if (extension.k == k) {
                return extension;
            }
        }
        return null;
    }

    static @Nullable Extension of(String word) {
        if (word.equals("vlan_pr")) {
            return VLAN_AVAIL; // the older name
        }
        for (Extension extension : values()) {
            if (extension.word().equals(word)) {
                return extension;
            }
        }
        return null;
    }

    /** Whether the kernel has something at this k of SKF_AD_OFF and above; A ^= X is there too, without a name. */
    static boolean known(int k) {
        return k == Linux.SKF_AD_OFF + Linux.SKF_AD_ALU_XOR_X || of(k) != null;
    }
}
