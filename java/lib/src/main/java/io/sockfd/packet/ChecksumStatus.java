package io.sockfd.packet;

/** What can be said about a checksum. */
public enum ChecksumStatus {
    GOOD,
    BAD,
    /** The protocol has none, or the sender set none. */
    ABSENT,
    /** It covers bytes that are not here: of other fragments, or cut off by the capture. */
    UNVERIFIABLE
}
