/** Memory mappings and System V IPC: constants of Linux's uapi headers, by the kernel's names. Equal on all architectures. */
export const GETALL = 13;

export const GETNCNT = 14;

export const GETPID = 11;

export const GETVAL = 12;

export const GETZCNT = 15;

export const IPC_CREAT = 512;
export const IPC_EXCL = 1024;
export const IPC_INFO = 3;
export const IPC_NOWAIT = 2048;
export const IPC_PRIVATE = 0;
export const IPC_RMID = 0;
export const IPC_SET = 1;
export const IPC_STAT = 2;

export const MAP_ANON = 0x20;
export const MAP_ANONYMOUS = 0x20;
export const MAP_DENYWRITE = 0x800;
export const MAP_EXECUTABLE = 0x1000;
export const MAP_FAILED = -1;
export const MAP_FILE = 0x0;
export const MAP_FIXED = 0x10;
export const MAP_FIXED_NOREPLACE = 0x100000;
export const MAP_GROWSDOWN = 0x100;
export const MAP_HUGETLB = 0x40000;
export const MAP_NONBLOCK = 0x10000;
export const MAP_POPULATE = 0x8000;
export const MAP_PRIVATE = 0x2;
export const MAP_SHARED = 0x1;
export const MAP_SHARED_VALIDATE = 0x3;
export const MAP_STACK = 0x20000;
export const MAP_SYNC = 0x80000;
export const MAP_TYPE = 0xf;

export const MFD_ALLOW_SEALING = 0x2;
export const MFD_CLOEXEC = 0x1;
export const MFD_HUGETLB = 0x4;
export const MFD_HUGE_MASK = 0x3f;
export const MFD_HUGE_SHIFT = 0x1a;

export const MLOCK_ONFAULT = 1;

export const MREMAP_DONTUNMAP = 0x4;
export const MREMAP_FIXED = 0x2;
export const MREMAP_MAYMOVE = 0x1;

export const PROT_EXEC = 0x4;
export const PROT_GROWSDOWN = 0x1000000;
export const PROT_GROWSUP = 0x2000000;
export const PROT_NONE = 0x0;
export const PROT_READ = 0x1;
export const PROT_WRITE = 0x2;

export const SEM_UNDO = 4096;

export const SETALL = 17;

export const SETVAL = 16;
