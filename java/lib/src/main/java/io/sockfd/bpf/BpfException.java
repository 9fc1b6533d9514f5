package io.sockfd.bpf;

/** A text or a program that is wrong; the message says where, by line, column or instruction, and why. */
public final class BpfException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BpfException(String message) {
        super(message);
    }
}
