/** The architectures of the schema. */
export const archs = ["x86_64", "aarch64", "s390x", "riscv64", "ppc64le", "loongarch64"] as const;
export type Arch = (typeof archs)[number];

/** Those that share the numbers of the kernel's include/uapi/asm-generic/unistd.h. */
export const genericArchs = ["aarch64", "riscv64", "loongarch64"] as const;
