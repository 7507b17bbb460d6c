/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* keyctl: how many arguments there are, and which of them are strings, depends on the operation. */
#ifndef CAPTURE_KEYS_H
#define CAPTURE_KEYS_H

/* Arguments after the operation; 0 for an operation that we do not know. */
static __always_inline u32 keyctl_count(u32 operation)
{
	switch (operation) {
	case PPM_KEYCTL_JOIN_SESSION_KEYRING:
	case PPM_KEYCTL_REVOKE:
	case PPM_KEYCTL_CLEAR:
	case PPM_KEYCTL_SET_REQKEY_KEYRING:
	case PPM_KEYCTL_ASSUME_AUTHORITY:
	case PPM_KEYCTL_INVALIDATE:
		return 1;
	case PPM_KEYCTL_GET_KEYRING_ID:
	case PPM_KEYCTL_SETPERM:
	case PPM_KEYCTL_LINK:
	case PPM_KEYCTL_UNLINK:
	case PPM_KEYCTL_SET_TIMEOUT:
	case PPM_KEYCTL_GET_PERSISTENT:
	case PPM_KEYCTL_CAPABILITIES:
		return 2;
	case PPM_KEYCTL_UPDATE:
	case PPM_KEYCTL_CHOWN:
	case PPM_KEYCTL_DESCRIBE:
	case PPM_KEYCTL_READ:
	case PPM_KEYCTL_NEGATE:
	case PPM_KEYCTL_GET_SECURITY:
	case PPM_KEYCTL_RESTRICT_KEYRING:
	case PPM_KEYCTL_PKEY_QUERY:
	case PPM_KEYCTL_WATCH_KEY:
		return 3;
	case PPM_KEYCTL_SEARCH:
	case PPM_KEYCTL_INSTANTIATE:
	case PPM_KEYCTL_REJECT:
	case PPM_KEYCTL_INSTANTIATE_IOV:
	case PPM_KEYCTL_DH_COMPUTE:
	case PPM_KEYCTL_PKEY_ENCRYPT:
	case PPM_KEYCTL_PKEY_DECRYPT:
	case PPM_KEYCTL_PKEY_SIGN:
	case PPM_KEYCTL_PKEY_VERIFY:
	case PPM_KEYCTL_MOVE:
		return 4;
	default:
		return 0;
	}
}

/* Bit n: argument n of the call is a string. */
static __always_inline u32 keyctl_strings(u32 operation)
{
	switch (operation) {
	case PPM_KEYCTL_JOIN_SESSION_KEYRING:
		return 1 << 1;
	case PPM_KEYCTL_SEARCH:
	case PPM_KEYCTL_RESTRICT_KEYRING:
		return 1 << 2 | 1 << 3;
	case PPM_KEYCTL_PKEY_QUERY:
		return 1 << 3;
	case PPM_KEYCTL_PKEY_ENCRYPT:
	case PPM_KEYCTL_PKEY_DECRYPT:
	case PPM_KEYCTL_PKEY_SIGN:
	case PPM_KEYCTL_PKEY_VERIFY:
		return 1 << 2;
	default:
		return 0;
	}
}

static __always_inline void push_keyctl_arg(struct capture_ctx *c, const u32 n, u32 count, u32 strings)
{
	bld_begin(c);
	if (strings >> n & 1) {
		bld_u8(c, PPM_KEYCTL_IDX_CHARBUF);
		bld_cstr_user(c, arg(c, n), CAPTURE_PATH_MAX);
	} else {
		bld_u8(c, PPM_KEYCTL_IDX_INT64);
		bld_u64(c, n <= count ? (u64)arg_long(c, n) : 0);
	}
	bld_end(c);
}

FILLER(keyctl)
{
	u32 operation = scap_map_keyctl_operation((u32)arg(c, 0));
	u32 count = keyctl_count(operation), strings = keyctl_strings(operation);

	push_s64(c, ret(c));
	push_u32(c, operation);
	push_keyctl_arg(c, 1, count, strings);
	push_keyctl_arg(c, 2, count, strings);
	push_keyctl_arg(c, 3, count, strings);
	push_keyctl_arg(c, 4, count, strings);
}

#endif
