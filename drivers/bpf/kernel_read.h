/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Reading what kernel pointers point at. drivers/capture/README.md says what each name means. */
#ifndef BPF_KERNEL_READ_H
#define BPF_KERNEL_READ_H

#ifdef SCAP_ARCH_S390X
/*
 * Address 0 is readable: the lowcore lies there, 8 KiB of CPU state. What is read through NULL must be 0, so
 * such addresses become the last one, which is unreadable. No branch: the verifier would follow both ways at
 * every read.
 */
#define LOWCORE_SHIFT 13

static __always_inline const void *not_null(const void *addr)
{
	u64 at = (u64)(unsigned long)addr, below = (at >> LOWCORE_SHIFT) - 1;

	asm("" : "+r"(below)); /* keeps the compiler from making a comparison of it */
	return (const void *)(unsigned long)(at | (u64)((s64)below >> 63));
}

/* What BPF_CORE_READ() is made of. */
#undef bpf_core_read
#define bpf_core_read(dst, n, addr)                                                                          \
	bpf_probe_read_kernel(dst, n, not_null(__builtin_preserve_access_index(addr)))
#else
#define not_null(addr) (addr)
#endif

#define KREAD(p, ...) BPF_CORE_READ(p, __VA_ARGS__)
#define KREADP(T, addr)                                                                                      \
	({                                                                                                   \
		T value_ = 0;                                                                                \
		bpf_probe_read_kernel(&value_, sizeof(value_), not_null((const void *)(addr)));              \
		value_;                                                                                      \
	})
#define KADDR(p, f) __builtin_preserve_access_index(&(p)->f)
#define KSIZEOF(T)  bpf_core_type_size(T)
#define KHAS(T, f)  bpf_core_field_exists(T, f)

#define LOOP(i, max) _Pragma("clang loop unroll(disable)") for (u32 i = 0; i < (max); i++)

/* The verifier must see the mask next to the use: assembly keeps the compiler from moving or dropping it. */
#define BOUND_MASK(v, mask)                                                                                  \
	({                                                                                                   \
		u64 bounded_ = (v);                                                                          \
		asm volatile("%0 &= %1" : "+r"(bounded_) : "i"(mask));                                       \
		bounded_;                                                                                    \
	})
#define CEIL_MASK(max)                                                                                       \
	((max) <= 0xff	   ? 0xff                                                                            \
	 : (max) <= 0xfff  ? 0xfff                                                                           \
	 : (max) <= 0x1fff ? 0x1fff                                                                          \
	 : (max) <= 0x3fff ? 0x3fff                                                                          \
			   : 0xffff)
#define BOUND(n, max) BOUND_MASK(n, CEIL_MASK(max))

#endif
