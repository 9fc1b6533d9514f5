package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;

/**
 * SCTP_EVENT: a kind of notification. Notifications come as messages with MSG_NOTIFICATION among their flags, laid out
 * as the unions of RFC 6458 section 6.
 *
 * @param assocId the association; 0 (SCTP_FUTURE_ASSOC), 1 (SCTP_CURRENT_ASSOC) and 2 (SCTP_ALL_ASSOC) on one-to-many
 *     sockets are those to come, those there are, and both
 * @param type SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE, SCTP_SHUTDOWN_EVENT …
 * @param on whether it comes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6458#section-6.2.2">RFC 6458 section 6.2.2</a>
 */
public record SctpEvent(int assocId, int type, boolean on) {
    static final Codec<SctpEvent> CODEC = Codecs.of(
            SctpEvent.class,
            io.sockfd.raw.struct.SctpEvent.SIZE,
            SctpEvent::encode,
            (b, length) -> new SctpEvent(
                    io.sockfd.raw.struct.SctpEvent.se_assoc_id(b, 0),
                    io.sockfd.raw.struct.SctpEvent.se_type(b, 0),
                    io.sockfd.raw.struct.SctpEvent.se_on(b, 0) != 0));

    private int encode(ByteBuffer b) {
        io.sockfd.raw.struct.SctpEvent.se_assoc_id(b, 0, assocId);
        io.sockfd.raw.struct.SctpEvent.se_type(b, 0, type);
        io.sockfd.raw.struct.SctpEvent.se_on(b, 0, on ? 1 : 0);
        return io.sockfd.raw.struct.SctpEvent.SIZE;
    }
}
