package io.sockfd.packet;

/** What can be said about a checksum. */
public enum ChecksumStatus {
    GOOD,
    BAD,
    /** Not filled in yet: the kernel left it to the network card, or to nobody, for the packet stayed on the machine. */
    OFFLOADED,
    /** The protocol has none, or the sender set none. */
    ABSENT,
    /** It covers bytes that are not here: of other fragments, or cut off by the capture. */
    UNVERIFIABLE
}
