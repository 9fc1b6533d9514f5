package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_EVENTS. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +----------------------------------+
 *      0  | u8 sctp_data_io_event            |
 *      1  | u8 sctp_association_event        |
 *      2  | u8 sctp_address_event            |
 *      3  | u8 sctp_send_failure_event       |
 *      4  | u8 sctp_peer_error_event         |
 *      5  | u8 sctp_shutdown_event           |
 *      6  | u8 sctp_partial_delivery_event   |
 *      7  | u8 sctp_adaptation_layer_event   |
 *      8  | u8 sctp_authentication_event     |
 *      9  | u8 sctp_sender_dry_event         |
 *     10  | u8 sctp_stream_reset_event       |
 *     11  | u8 sctp_assoc_reset_event        |
 *     12  | u8 sctp_stream_change_event      |
 *     13  | u8 sctp_send_failure_event_event |
 *     14  +----------------------------------+
 * </pre>
 */
public final class SctpEventSubscribe {
    public static final int SIZE = 14;

    public static final int SCTP_DATA_IO_EVENT = 0;
    public static final int SCTP_ASSOCIATION_EVENT = 1;
    public static final int SCTP_ADDRESS_EVENT = 2;
    public static final int SCTP_SEND_FAILURE_EVENT = 3;
    public static final int SCTP_PEER_ERROR_EVENT = 4;
    public static final int SCTP_SHUTDOWN_EVENT = 5;
    public static final int SCTP_PARTIAL_DELIVERY_EVENT = 6;
    public static final int SCTP_ADAPTATION_LAYER_EVENT = 7;
    public static final int SCTP_AUTHENTICATION_EVENT = 8;
    public static final int SCTP_SENDER_DRY_EVENT = 9;
    public static final int SCTP_STREAM_RESET_EVENT = 10;
    public static final int SCTP_ASSOC_RESET_EVENT = 11;
    public static final int SCTP_STREAM_CHANGE_EVENT = 12;
    public static final int SCTP_SEND_FAILURE_EVENT_EVENT = 13;

    private SctpEventSubscribe() {}

    public static int sctp_data_io_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_DATA_IO_EVENT);
    }

    public static void sctp_data_io_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_DATA_IO_EVENT, (byte) value);
    }

    public static int sctp_association_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_ASSOCIATION_EVENT);
    }

    public static void sctp_association_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_ASSOCIATION_EVENT, (byte) value);
    }

    public static int sctp_address_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_ADDRESS_EVENT);
    }

    public static void sctp_address_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_ADDRESS_EVENT, (byte) value);
    }

    public static int sctp_send_failure_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_SEND_FAILURE_EVENT);
    }

    public static void sctp_send_failure_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_SEND_FAILURE_EVENT, (byte) value);
    }

    public static int sctp_peer_error_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_PEER_ERROR_EVENT);
    }

    public static void sctp_peer_error_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_PEER_ERROR_EVENT, (byte) value);
    }

    public static int sctp_shutdown_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_SHUTDOWN_EVENT);
    }

    public static void sctp_shutdown_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_SHUTDOWN_EVENT, (byte) value);
    }

    public static int sctp_partial_delivery_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_PARTIAL_DELIVERY_EVENT);
    }

    public static void sctp_partial_delivery_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_PARTIAL_DELIVERY_EVENT, (byte) value);
    }

    public static int sctp_adaptation_layer_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_ADAPTATION_LAYER_EVENT);
    }

    public static void sctp_adaptation_layer_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_ADAPTATION_LAYER_EVENT, (byte) value);
    }

    public static int sctp_authentication_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_AUTHENTICATION_EVENT);
    }

    public static void sctp_authentication_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_AUTHENTICATION_EVENT, (byte) value);
    }

    public static int sctp_sender_dry_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_SENDER_DRY_EVENT);
    }

    public static void sctp_sender_dry_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_SENDER_DRY_EVENT, (byte) value);
    }

    public static int sctp_stream_reset_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_STREAM_RESET_EVENT);
    }

    public static void sctp_stream_reset_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_STREAM_RESET_EVENT, (byte) value);
    }

    public static int sctp_assoc_reset_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_ASSOC_RESET_EVENT);
    }

    public static void sctp_assoc_reset_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_ASSOC_RESET_EVENT, (byte) value);
    }

    public static int sctp_stream_change_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_STREAM_CHANGE_EVENT);
    }

    public static void sctp_stream_change_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_STREAM_CHANGE_EVENT, (byte) value);
    }

    public static int sctp_send_failure_event_event(ByteBuffer b, int o) {
        return Fields.u8(b, o + SCTP_SEND_FAILURE_EVENT_EVENT);
    }

    public static void sctp_send_failure_event_event(ByteBuffer b, int o, int value) {
        b.put(o + SCTP_SEND_FAILURE_EVENT_EVENT, (byte) value);
    }
}
