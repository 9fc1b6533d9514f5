package io.sockfd.packet;

/**
 * What a message of DNS asks for.
 *
 * @param name with a dot at its end
 * @param type a number such as 1 for A
 * @param dnsClass 1 is the Internet
 */
public record DnsQuestion(String name, int type, int dnsClass) {}
