package io.sockfd;

/**
 * Where a received SCTP message belongs: the ancillary message SCTP_RCVINFO.
 *
 * @param stream the stream's number, 0 to 65535
 * @param ssn the message's number within its stream, 0 to 65535; the same for all parts of one message
 * @param flags SCTP_UNORDERED when it was sent so
 * @param ppid the payload protocol identifier, an unsigned number as the sender gave it (in network order on the wire)
 * @param tsn the number of its data chunk in the association, unsigned
 * @param cumtsn the cumulative TSN, of unordered messages only, unsigned
 * @param context what SCTP_CONTEXT set
 * @param assocId the association
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6458#section-5.3.5">RFC 6458 section 5.3.5</a>
 */
public record SctpRcvinfo(int stream, int ssn, int flags, long ppid, long tsn, long cumtsn, int context, int assocId) {}
