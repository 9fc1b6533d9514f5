/*
 * The parts of union bpf_attr, each for some commands of bpf(2), and an instruction: in C they have no names of their own, or
 * are bit fields. A part may be shorter than the kernel's: what is left out is 0. Each field must lie where the kernel has it.
 */
#ifndef SOCKFD_BPF_ATTR_H
#define SOCKFD_BPF_ATTR_H

#include <stddef.h>
#include <linux/bpf.h>

#define SAME_IN_ATTR(s, f, theirs) _Static_assert(offsetof(struct s, f) == offsetof(union bpf_attr, theirs), #s "." #f " moved")

struct bpf_map_create {
	__u32 map_type;
	__u32 key_size;
	__u32 value_size;
	__u32 max_entries;
	__u32 map_flags;
	__u32 inner_map_fd;
	__u32 numa_node;
	char map_name[BPF_OBJ_NAME_LEN];
	__u32 map_ifindex;
};
SAME_IN_ATTR(bpf_map_create, map_flags, map_flags);
SAME_IN_ATTR(bpf_map_create, map_name, map_name);
SAME_IN_ATTR(bpf_map_create, map_ifindex, map_ifindex);

struct bpf_map_elem {
	__u32 map_fd;
	__aligned_u64 key;
	__aligned_u64 value;
	__u64 flags;
};
SAME_IN_ATTR(bpf_map_elem, key, key);
SAME_IN_ATTR(bpf_map_elem, value, value);
SAME_IN_ATTR(bpf_map_elem, value, next_key);
SAME_IN_ATTR(bpf_map_elem, flags, flags);

struct bpf_prog_load {
	__u32 prog_type;
	__u32 insn_cnt;
	__aligned_u64 insns;
	__aligned_u64 license;
	__u32 log_level;
	__u32 log_size;
	__aligned_u64 log_buf;
	__u32 kern_version;
	__u32 prog_flags;
	char prog_name[BPF_OBJ_NAME_LEN];
	__u32 prog_ifindex;
	__u32 expected_attach_type;
};
SAME_IN_ATTR(bpf_prog_load, insns, insns);
SAME_IN_ATTR(bpf_prog_load, log_buf, log_buf);
SAME_IN_ATTR(bpf_prog_load, prog_name, prog_name);
SAME_IN_ATTR(bpf_prog_load, expected_attach_type, expected_attach_type);

struct bpf_prog_attach {
	__u32 target_fd;
	__u32 attach_bpf_fd;
	__u32 attach_type;
	__u32 attach_flags;
};
SAME_IN_ATTR(bpf_prog_attach, attach_bpf_fd, attach_bpf_fd);
SAME_IN_ATTR(bpf_prog_attach, attach_flags, attach_flags);

struct bpf_prog_run {
	__u32 prog_fd;
	__u32 retval;
	__u32 data_size_in;
	__u32 data_size_out;
	__aligned_u64 data_in;
	__aligned_u64 data_out;
	__u32 repeat;
	__u32 duration;
};
SAME_IN_ATTR(bpf_prog_run, retval, test.retval);
SAME_IN_ATTR(bpf_prog_run, data_in, test.data_in);
SAME_IN_ATTR(bpf_prog_run, duration, test.duration);

struct bpf_object {
	__aligned_u64 pathname;
	__u32 bpf_fd;
	__u32 file_flags;
};
SAME_IN_ATTR(bpf_object, file_flags, file_flags);

struct bpf_object_info {
	__u32 bpf_fd;
	__u32 info_len;
	__aligned_u64 info;
};
SAME_IN_ATTR(bpf_object_info, info, info.info);

struct bpf_link_create {
	__u32 prog_fd;
	__u32 target_fd;
	__u32 attach_type;
	__u32 flags;
};
SAME_IN_ATTR(bpf_link_create, target_fd, link_create.target_ifindex);
SAME_IN_ATTR(bpf_link_create, flags, link_create.flags);

struct bpf_link_update {
	__u32 link_fd;
	__u32 new_prog_fd;
	__u32 flags;
	__u32 old_prog_fd;
};
SAME_IN_ATTR(bpf_link_update, old_prog_fd, link_update.old_prog_fd);

struct bpf_instruction {
	__u8 code;
	__u8 regs; /* dst_reg and src_reg */
	__s16 off;
	__s32 imm;
};
_Static_assert(sizeof(struct bpf_instruction) == sizeof(struct bpf_insn), "bpf_insn");
_Static_assert(offsetof(struct bpf_instruction, off) == offsetof(struct bpf_insn, off), "bpf_insn.off moved");
_Static_assert(offsetof(struct bpf_instruction, imm) == offsetof(struct bpf_insn, imm), "bpf_insn.imm moved");

#endif
