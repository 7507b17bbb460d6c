/** Constants of Linux's uapi headers that only x86 has, or has with this value. */
export const MAP_32BIT = 0x40;
export const PTRACE_GETFPREGS = 0xe;
export const PTRACE_GETFPXREGS = 0x12;
export const PTRACE_GETREGS = 0xc;
export const PTRACE_SETFPREGS = 0xf;
export const PTRACE_SETFPXREGS = 0x13;
export const PTRACE_SETREGS = 0xd;
export const PTRACE_SINGLEBLOCK = 0x21;
export const PTRACE_SYSEMU = 0x1f;
