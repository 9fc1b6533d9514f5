package io.sockfd;

import java.nio.ByteBuffer;

/**
 * What a peer says when it ends a connection of TLS, in a record of type {@link #RECORD_TYPE}.
 *
 * @param level 1 a warning, 2 fatal; with TLS 1.3 it means nothing
 * @param description 0 close_notify, which is the proper end; all others but user_canceled (90) are errors
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-6">RFC 8446, section 6</a>
 */
public record TlsAlert(int level, int description) {
    /** The type of a record that is an alert, see {@link ControlReader#tlsRecordType}. */
    public static final int RECORD_TYPE = 21;

    /** The peer sends no more: the end of the stream, and no error. */
    public static final TlsAlert CLOSE_NOTIFY = new TlsAlert(1, 0);

    private static final int BYTES = 2;

    /**
     * Reads a record's content between position and limit, which stay.
     *
     * @throws IllegalArgumentException when it does not have two bytes
     */
    public static TlsAlert decode(ByteBuffer record) {
        int position = record.position();
        if (record.limit() - position != BYTES) {
            throw new IllegalArgumentException("an alert has " + BYTES + " bytes, not " + (record.limit() - position));
        }
        return new TlsAlert(record.get(position) & 0xff, record.get(position + 1) & 0xff);
    }

    /** The record's content, for a message with {@link ControlWriter#tlsRecordType}. */
    public byte[] bytes() {
        return new byte[] {(byte) level, (byte) description};
    }

    /** Whether it is but the end of what the peer sends, and no failure. */
    public boolean isEnd() {
        return description == CLOSE_NOTIFY.description;
    }

    /** The standard's name, for instance {@code bad_record_mac (20)}. */
    @Override
    public String toString() {
        return name() + " (" + description + ")";
    }

    private String name() {
        return switch (description) {
            case 0 -> "close_notify";
            case 10 -> "unexpected_message";
            case 20 -> "bad_record_mac";
            case 22 -> "record_overflow";
            case 40 -> "handshake_failure";
            case 42 -> "bad_certificate";
            case 43 -> "unsupported_certificate";
            case 44 -> "certificate_revoked";
            case 45 -> "certificate_expired";
            case 46 -> "certificate_unknown";
            case 47 -> "illegal_parameter";
            case 48 -> "unknown_ca";
            case 49 -> "access_denied";
            case 50 -> "decode_error";
            case 51 -> "decrypt_error";
            case 70 -> "protocol_version";
            case 71 -> "insufficient_security";
            case 80 -> "internal_error";
            case 86 -> "inappropriate_fallback";
            case 90 -> "user_canceled";
            case 109 -> "missing_extension";
            case 110 -> "unsupported_extension";
            case 112 -> "unrecognized_name";
            case 113 -> "bad_certificate_status_response";
            case 115 -> "unknown_psk_identity";
            case 116 -> "certificate_required";
            case 120 -> "no_application_protocol";
            default -> "alert";
        };
    }
}
