/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls about processes: groups, namespaces, signals, limits, prctl, ptrace, seccomp, capset. */
#ifndef CAPTURE_PROC_CONTROL_H
#define CAPTURE_PROC_CONTROL_H

FILLER(setns)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, scap_map_clone_flags((u32)arg(c, 1)));
}

FILLER(unshare)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_clone_flags((u32)arg(c, 0)));
}

FILLER(tgkill)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 0));
	push_s64(c, (s32)arg(c, 1));
	push_u8(c, (u8)arg(c, 2));
}

FILLER(seccomp)
{
	push_s64(c, ret(c));
	push_u64(c, (u32)arg(c, 0));
	push_u64(c, (u32)arg(c, 1));
}

/* The second argument, by option: a name, an int that the kernel put there, or a plain number. */
FILLER(prctl)
{
	u32 option = scap_map_prctl_options((u32)arg(c, 0));

	push_s64(c, ret(c));
	push_u32(c, option);
	if (option == PPM_PR_SET_NAME || option == PPM_PR_GET_NAME) {
		push_path_arg(c, 1);
		push_s64(c, 0);
		return;
	}
	push_none(c);
	if (option == PPM_PR_GET_CHILD_SUBREAPER)
		push_s64(c, (s32)user_u32(c, arg(c, 1)));
	else
		push_s64(c, arg_long(c, 1));
}

#endif
