package io.sockfd.packet;

/**
 * A record of DNS.
 *
 * @param name whose it is, with a dot at its end
 * @param type a number such as 1 for A
 * @param dnsClass 1 is the Internet; of OPT the size of datagrams that the sender takes
 * @param ttl how many seconds it may be kept; of OPT more flags
 * @param data in text, as tcpdump writes it: an address, a name, a name with a preference …; empty for what has no text here
 */
public record DnsRecord(String name, int type, int dnsClass, long ttl, String data) {
    /** The name of the type, such as {@code AAAA}; {@code Type65280} for one that is not known. */
    public String typeName() {
        return typeName(type);
    }

    static String typeName(int type) {
        return switch (type) {
            case 1 -> "A";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 6 -> "SOA";
            case 12 -> "PTR";
            case 13 -> "HINFO";
            case 15 -> "MX";
            case 16 -> "TXT";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            case 35 -> "NAPTR";
            case 39 -> "DNAME";
            case 41 -> "OPT";
            case 43 -> "DS";
            case 46 -> "RRSIG";
            case 47 -> "NSEC";
            case 48 -> "DNSKEY";
            case 50 -> "NSEC3";
            case 52 -> "TLSA";
            case 64 -> "SVCB";
            case 65 -> "HTTPS";
            case 251 -> "IXFR";
            case 252 -> "AXFR";
            case 255 -> "ANY";
            case 257 -> "CAA";
            default -> "Type" + type;
        };
    }
}
