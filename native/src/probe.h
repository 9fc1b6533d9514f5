#ifndef PROBE_H
#define PROBE_H

/*
 * Row number row (from 0) of the ABI table, constants first, then structs, as text without an end of line. Returns its
 * length, as snprintf does, or -1 past the last row.
 */
int sockfd_probe(int row, char *buf, int len);

#endif
