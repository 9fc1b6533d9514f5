package io.sockfd.ebpf;

/** A text or a program that is wrong; the message says where and why. */
public final class EbpfException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    EbpfException(String message) {
        super(message);
    }
}
