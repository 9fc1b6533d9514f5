/*
 * The Bluetooth socket addresses. They belong to the kernel's ABI, but neither the kernel's UAPI headers nor glibc
 * declare them: Debian keeps them in libbluetooth-dev, which a build should not need. bdaddr is six bytes, the last
 * octet of the written address first; __le16 is little-endian on every machine.
 */
#ifndef SOCKFD_BLUETOOTH_H
#define SOCKFD_BLUETOOTH_H

#include <linux/types.h>
#include <sys/socket.h>

struct sockaddr_l2 {
	sa_family_t l2_family;
	__le16 l2_psm;
	__u8 l2_bdaddr[6];
	__le16 l2_cid;
	__u8 l2_bdaddr_type;
};

struct sockaddr_rc {
	sa_family_t rc_family;
	__u8 rc_bdaddr[6];
	__u8 rc_channel;
};

struct sockaddr_sco {
	sa_family_t sco_family;
	__u8 sco_bdaddr[6];
};

struct sockaddr_hci {
	sa_family_t hci_family;
	__u16 hci_dev;
	__u16 hci_channel;
};

struct bt_security {
	__u8 level;
	__u8 key_size;
};

#endif
