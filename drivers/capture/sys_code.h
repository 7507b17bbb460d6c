/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that put code into the kernel: init_module, finit_module, delete_module, bpf. */
#ifndef CAPTURE_SYS_CODE_H
#define CAPTURE_SYS_CODE_H

FILLER(init_module)
{
	push_s64(c, ret(c));
	push_data(c, arg(c, 0), arg(c, 1));
	push_u64(c, arg(c, 1));
	push_path_arg(c, 2);
}

FILLER(finit_module)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, scap_map_finit_module_flags((u32)arg(c, 2)));
}

FILLER(delete_module)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_delete_module_flags((u32)arg(c, 1)));
}

FILLER(bpf)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_bpf_cmd((u32)arg(c, 0)));
}

#endif
