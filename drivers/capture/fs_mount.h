/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls about whole file systems: mount, umount2, fsconfig. */
#ifndef CAPTURE_FS_MOUNT_H
#define CAPTURE_FS_MOUNT_H

#define CAPTURE_MS_MGC_MSK 0xffff0000
#define CAPTURE_MS_MGC_VAL                                                                                   \
	0xc0ed0000 /* callers from before Linux 2.4 put it over the flags; it means nothing */

/* PPM_MS_* are the kernel's values. */
FILLER(mount)
{
	u32 flags = (u32)arg(c, 3);

	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_path_arg(c, 1);
	push_path_arg(c, 2);
	push_u32(c, (flags & CAPTURE_MS_MGC_MSK) == CAPTURE_MS_MGC_VAL ? flags & ~CAPTURE_MS_MGC_MSK : flags);
}

FILLER(umount2)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_umount2_flags((u32)arg(c, 1)));
}

/* The command says whether `value` is bytes (their number in `aux`), a string, or nothing. */
static __always_inline void push_fsconfig_value(struct capture_ctx *c, u32 cmd)
{
	bool done = ret(c) >= 0;
	bool text = cmd == PPM_FSCONFIG_SET_STRING || cmd == PPM_FSCONFIG_SET_PATH ||
		    cmd == PPM_FSCONFIG_SET_PATH_EMPTY;

	if (done && cmd == PPM_FSCONFIG_SET_BINARY)
		push_data(c, arg(c, 3), (u32)arg(c, 4));
	else
		push_none(c);
	if (done && text)
		push_path_arg(c, 3);
	else
		push_none(c);
}

FILLER(fsconfig)
{
	u32 cmd = scap_map_fsconfig_cmds((u32)arg(c, 1));

	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, cmd);
	push_path_arg(c, 2);
	push_fsconfig_value(c, cmd);
	push_s32(c, (s32)arg(c, 4));
}

#endif
