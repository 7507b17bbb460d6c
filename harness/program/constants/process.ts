/** Processes, signals, identities: constants of Linux's uapi headers, by the kernel's names. Equal on all architectures. */
export const CAP_AUDIT_CONTROL = 30;
export const CAP_AUDIT_READ = 37;
export const CAP_AUDIT_WRITE = 29;
export const CAP_BLOCK_SUSPEND = 36;
export const CAP_BPF = 39;
export const CAP_CHECKPOINT_RESTORE = 40;
export const CAP_CHOWN = 0;
export const CAP_DAC_OVERRIDE = 1;
export const CAP_DAC_READ_SEARCH = 2;
export const CAP_FOWNER = 3;
export const CAP_FSETID = 4;
export const CAP_IPC_LOCK = 14;
export const CAP_IPC_OWNER = 15;
export const CAP_KILL = 5;
export const CAP_LAST_CAP = 40;
export const CAP_LEASE = 28;
export const CAP_LINUX_IMMUTABLE = 9;
export const CAP_MAC_ADMIN = 33;
export const CAP_MAC_OVERRIDE = 32;
export const CAP_MKNOD = 27;
export const CAP_NET_ADMIN = 12;
export const CAP_NET_BIND_SERVICE = 10;
export const CAP_NET_BROADCAST = 11;
export const CAP_NET_RAW = 13;
export const CAP_PERFMON = 38;
export const CAP_SETFCAP = 31;
export const CAP_SETGID = 6;
export const CAP_SETPCAP = 8;
export const CAP_SETUID = 7;
export const CAP_SYSLOG = 34;
export const CAP_SYS_ADMIN = 21;
export const CAP_SYS_BOOT = 22;
export const CAP_SYS_CHROOT = 18;
export const CAP_SYS_MODULE = 16;
export const CAP_SYS_NICE = 23;
export const CAP_SYS_PACCT = 20;
export const CAP_SYS_PTRACE = 19;
export const CAP_SYS_RAWIO = 17;
export const CAP_SYS_RESOURCE = 24;
export const CAP_SYS_TIME = 25;
export const CAP_SYS_TTY_CONFIG = 26;
export const CAP_WAKE_ALARM = 35;

export const CLONE_ARGS_SIZE_VER0 = 0x40;
export const CLONE_ARGS_SIZE_VER1 = 0x50;
export const CLONE_ARGS_SIZE_VER2 = 0x58;
export const CLONE_CHILD_CLEARTID = 0x200000;
export const CLONE_CHILD_SETTID = 0x1000000;
export const CLONE_CLEAR_SIGHAND = 0x100000000;
export const CLONE_DETACHED = 0x400000;
export const CLONE_FILES = 0x400;
export const CLONE_FS = 0x200;
export const CLONE_INTO_CGROUP = 0x200000000;
export const CLONE_IO = 0x80000000;
export const CLONE_NEWCGROUP = 0x2000000;
export const CLONE_NEWIPC = 0x8000000;
export const CLONE_NEWNET = 0x40000000;
export const CLONE_NEWNS = 0x20000;
export const CLONE_NEWPID = 0x20000000;
export const CLONE_NEWTIME = 0x80;
export const CLONE_NEWUSER = 0x10000000;
export const CLONE_NEWUTS = 0x4000000;
export const CLONE_PARENT = 0x8000;
export const CLONE_PARENT_SETTID = 0x100000;
export const CLONE_PIDFD = 0x1000;
export const CLONE_PTRACE = 0x2000;
export const CLONE_SETTLS = 0x80000;
export const CLONE_SIGHAND = 0x800;
export const CLONE_SYSVSEM = 0x40000;
export const CLONE_THREAD = 0x10000;
export const CLONE_UNTRACED = 0x800000;
export const CLONE_VFORK = 0x4000;
export const CLONE_VM = 0x100;

export const FUTEX_32 = 2;
export const FUTEX_BITSET_MATCH_ANY = 4294967295;
export const FUTEX_CLOCK_REALTIME = 256;
export const FUTEX_CMD_MASK = -385;
export const FUTEX_CMP_REQUEUE = 4;
export const FUTEX_CMP_REQUEUE_PI = 12;
export const FUTEX_CMP_REQUEUE_PI_PRIVATE = 140;
export const FUTEX_CMP_REQUEUE_PRIVATE = 132;
export const FUTEX_FD = 2;
export const FUTEX_LOCK_PI = 6;
export const FUTEX_LOCK_PI2 = 13;
export const FUTEX_LOCK_PI2_PRIVATE = 141;
export const FUTEX_LOCK_PI_PRIVATE = 134;
export const FUTEX_OP_ADD = 1;
export const FUTEX_OP_ANDN = 3;
export const FUTEX_OP_CMP_EQ = 0;
export const FUTEX_OP_CMP_GE = 5;
export const FUTEX_OP_CMP_GT = 4;
export const FUTEX_OP_CMP_LE = 3;
export const FUTEX_OP_CMP_LT = 2;
export const FUTEX_OP_CMP_NE = 1;
export const FUTEX_OP_OPARG_SHIFT = 8;
export const FUTEX_OP_OR = 2;
export const FUTEX_OP_SET = 0;
export const FUTEX_OP_XOR = 4;
export const FUTEX_OWNER_DIED = 1073741824;
export const FUTEX_PRIVATE_FLAG = 128;
export const FUTEX_REQUEUE = 3;
export const FUTEX_REQUEUE_PRIVATE = 131;
export const FUTEX_TID_MASK = 1073741823;
export const FUTEX_TRYLOCK_PI = 8;
export const FUTEX_TRYLOCK_PI_PRIVATE = 136;
export const FUTEX_UNLOCK_PI = 7;
export const FUTEX_UNLOCK_PI_PRIVATE = 135;
export const FUTEX_WAIT = 0;
export const FUTEX_WAITERS = 2147483648;
export const FUTEX_WAITV_MAX = 128;
export const FUTEX_WAIT_BITSET = 9;
export const FUTEX_WAIT_BITSET_PRIVATE = 137;
export const FUTEX_WAIT_PRIVATE = 128;
export const FUTEX_WAIT_REQUEUE_PI = 11;
export const FUTEX_WAIT_REQUEUE_PI_PRIVATE = 139;
export const FUTEX_WAKE = 1;
export const FUTEX_WAKE_BITSET = 10;
export const FUTEX_WAKE_BITSET_PRIVATE = 138;
export const FUTEX_WAKE_OP = 5;
export const FUTEX_WAKE_OP_PRIVATE = 133;
export const FUTEX_WAKE_PRIVATE = 129;

export const PR_CAPBSET_DROP = 24;
export const PR_CAPBSET_READ = 23;
export const PR_CAP_AMBIENT = 47;
export const PR_CAP_AMBIENT_CLEAR_ALL = 4;
export const PR_CAP_AMBIENT_IS_SET = 1;
export const PR_CAP_AMBIENT_LOWER = 3;
export const PR_CAP_AMBIENT_RAISE = 2;
export const PR_ENDIAN_BIG = 0;
export const PR_ENDIAN_LITTLE = 1;
export const PR_ENDIAN_PPC_LITTLE = 2;
export const PR_FPEMU_NOPRINT = 1;
export const PR_FPEMU_SIGFPE = 2;
export const PR_FP_EXC_ASYNC = 2;
export const PR_FP_EXC_DISABLED = 0;
export const PR_FP_EXC_DIV = 65536;
export const PR_FP_EXC_INV = 1048576;
export const PR_FP_EXC_NONRECOV = 1;
export const PR_FP_EXC_OVF = 131072;
export const PR_FP_EXC_PRECISE = 3;
export const PR_FP_EXC_RES = 524288;
export const PR_FP_EXC_SW_ENABLE = 128;
export const PR_FP_EXC_UND = 262144;
export const PR_FP_MODE_FR = 1;
export const PR_FP_MODE_FRE = 2;
export const PR_GET_CHILD_SUBREAPER = 37;
export const PR_GET_DUMPABLE = 3;
export const PR_GET_ENDIAN = 19;
export const PR_GET_FPEMU = 9;
export const PR_GET_FPEXC = 11;
export const PR_GET_FP_MODE = 46;
export const PR_GET_IO_FLUSHER = 58;
export const PR_GET_KEEPCAPS = 7;
export const PR_GET_NAME = 16;
export const PR_GET_NO_NEW_PRIVS = 39;
export const PR_GET_PDEATHSIG = 2;
export const PR_GET_SECCOMP = 21;
export const PR_GET_SECUREBITS = 27;
export const PR_GET_SPECULATION_CTRL = 52;
export const PR_GET_TAGGED_ADDR_CTRL = 56;
export const PR_GET_THP_DISABLE = 42;
export const PR_GET_TID_ADDRESS = 40;
export const PR_GET_TIMERSLACK = 30;
export const PR_GET_TIMING = 13;
export const PR_GET_TSC = 25;
export const PR_GET_UNALIGN = 5;
export const PR_MCE_KILL = 33;
export const PR_MCE_KILL_CLEAR = 0;
export const PR_MCE_KILL_DEFAULT = 2;
export const PR_MCE_KILL_EARLY = 1;
export const PR_MCE_KILL_GET = 34;
export const PR_MCE_KILL_LATE = 0;
export const PR_MCE_KILL_SET = 1;
export const PR_MPX_DISABLE_MANAGEMENT = 44;
export const PR_MPX_ENABLE_MANAGEMENT = 43;
export const PR_MTE_TAG_MASK = 524280;
export const PR_MTE_TAG_SHIFT = 3;
export const PR_MTE_TCF_ASYNC = 4;
export const PR_MTE_TCF_MASK = 6;
export const PR_MTE_TCF_NONE = 0;
export const PR_MTE_TCF_SHIFT = 1;
export const PR_MTE_TCF_SYNC = 2;
export const PR_PAC_APDAKEY = 4;
export const PR_PAC_APDBKEY = 8;
export const PR_PAC_APGAKEY = 16;
export const PR_PAC_APIAKEY = 1;
export const PR_PAC_APIBKEY = 2;
export const PR_PAC_GET_ENABLED_KEYS = 61;
export const PR_PAC_RESET_KEYS = 54;
export const PR_PAC_SET_ENABLED_KEYS = 60;
export const PR_SCHED_CORE = 62;
export const PR_SCHED_CORE_CREATE = 1;
export const PR_SCHED_CORE_GET = 0;
export const PR_SCHED_CORE_MAX = 4;
export const PR_SCHED_CORE_SCOPE_PROCESS_GROUP = 2;
export const PR_SCHED_CORE_SCOPE_THREAD = 0;
export const PR_SCHED_CORE_SCOPE_THREAD_GROUP = 1;
export const PR_SCHED_CORE_SHARE_FROM = 3;
export const PR_SCHED_CORE_SHARE_TO = 2;
export const PR_SET_CHILD_SUBREAPER = 36;
export const PR_SET_DUMPABLE = 4;
export const PR_SET_ENDIAN = 20;
export const PR_SET_FPEMU = 10;
export const PR_SET_FPEXC = 12;
export const PR_SET_FP_MODE = 45;
export const PR_SET_IO_FLUSHER = 57;
export const PR_SET_KEEPCAPS = 8;
export const PR_SET_MM = 35;
export const PR_SET_MM_ARG_END = 9;
export const PR_SET_MM_ARG_START = 8;
export const PR_SET_MM_AUXV = 12;
export const PR_SET_MM_BRK = 7;
export const PR_SET_MM_END_CODE = 2;
export const PR_SET_MM_END_DATA = 4;
export const PR_SET_MM_ENV_END = 11;
export const PR_SET_MM_ENV_START = 10;
export const PR_SET_MM_EXE_FILE = 13;
export const PR_SET_MM_MAP = 14;
export const PR_SET_MM_MAP_SIZE = 15;
export const PR_SET_MM_START_BRK = 6;
export const PR_SET_MM_START_CODE = 1;
export const PR_SET_MM_START_DATA = 3;
export const PR_SET_MM_START_STACK = 5;
export const PR_SET_NAME = 15;
export const PR_SET_NO_NEW_PRIVS = 38;
export const PR_SET_PDEATHSIG = 1;
export const PR_SET_PTRACER = 1499557217;
export const PR_SET_PTRACER_ANY = -1;
export const PR_SET_SECCOMP = 22;
export const PR_SET_SECUREBITS = 28;
export const PR_SET_SPECULATION_CTRL = 53;
export const PR_SET_SYSCALL_USER_DISPATCH = 59;
export const PR_SET_TAGGED_ADDR_CTRL = 55;
export const PR_SET_THP_DISABLE = 41;
export const PR_SET_TIMERSLACK = 29;
export const PR_SET_TIMING = 14;
export const PR_SET_TSC = 26;
export const PR_SET_UNALIGN = 6;
export const PR_SET_VMA = 1398164801;
export const PR_SET_VMA_ANON_NAME = 0;
export const PR_SME_GET_VL = 64;
export const PR_SME_SET_VL = 63;
export const PR_SME_SET_VL_ONEXEC = 262144;
export const PR_SME_VL_INHERIT = 131072;
export const PR_SME_VL_LEN_MASK = 65535;
export const PR_SPEC_DISABLE = 4;
export const PR_SPEC_DISABLE_NOEXEC = 16;
export const PR_SPEC_ENABLE = 2;
export const PR_SPEC_FORCE_DISABLE = 8;
export const PR_SPEC_INDIRECT_BRANCH = 1;
export const PR_SPEC_L1D_FLUSH = 2;
export const PR_SPEC_NOT_AFFECTED = 0;
export const PR_SPEC_PRCTL = 1;
export const PR_SPEC_STORE_BYPASS = 0;
export const PR_SVE_GET_VL = 51;
export const PR_SVE_SET_VL = 50;
export const PR_SVE_SET_VL_ONEXEC = 262144;
export const PR_SVE_VL_INHERIT = 131072;
export const PR_SVE_VL_LEN_MASK = 65535;
export const PR_SYS_DISPATCH_OFF = 0;
export const PR_SYS_DISPATCH_ON = 1;
export const PR_TAGGED_ADDR_ENABLE = 1;
export const PR_TASK_PERF_EVENTS_DISABLE = 31;
export const PR_TASK_PERF_EVENTS_ENABLE = 32;
export const PR_TIMING_STATISTICAL = 0;
export const PR_TIMING_TIMESTAMP = 1;
export const PR_TSC_ENABLE = 1;
export const PR_TSC_SIGSEGV = 2;
export const PR_UNALIGN_NOPRINT = 1;
export const PR_UNALIGN_SIGBUS = 2;

export const PTRACE_ATTACH = 0x10;
export const PTRACE_CONT = 0x7;
export const PTRACE_DETACH = 0x11;
export const PTRACE_GETEVENTMSG = 0x4201;
export const PTRACE_GETREGSET = 0x4204;
export const PTRACE_GETSIGINFO = 0x4202;
export const PTRACE_GETSIGMASK = 0x420a;
export const PTRACE_INTERRUPT = 0x4207;
export const PTRACE_KILL = 0x8;
export const PTRACE_LISTEN = 0x4208;
export const PTRACE_PEEKDATA = 0x2;
export const PTRACE_PEEKSIGINFO = 0x4209;
export const PTRACE_PEEKTEXT = 0x1;
export const PTRACE_PEEKUSER = 0x3;
export const PTRACE_POKEDATA = 0x5;
export const PTRACE_POKETEXT = 0x4;
export const PTRACE_POKEUSER = 0x6;
export const PTRACE_SEIZE = 0x4206;
export const PTRACE_SETOPTIONS = 0x4200;
export const PTRACE_SETREGSET = 0x4205;
export const PTRACE_SETSIGINFO = 0x4203;
export const PTRACE_SETSIGMASK = 0x420b;
export const PTRACE_SINGLESTEP = 0x9;
export const PTRACE_SYSCALL = 0x18;
export const PTRACE_TRACEME = 0x0;

export const P_ALL = 0;
export const P_PGID = 2;
export const P_PID = 1;

export const RLIMIT_AS = 9;
export const RLIMIT_CORE = 4;
export const RLIMIT_CPU = 0;
export const RLIMIT_DATA = 2;
export const RLIMIT_FSIZE = 1;
export const RLIMIT_LOCKS = 10;
export const RLIMIT_MEMLOCK = 8;
export const RLIMIT_MSGQUEUE = 12;
export const RLIMIT_NICE = 13;
export const RLIMIT_NLIMITS = 16;
export const RLIMIT_NOFILE = 7;
export const RLIMIT_NPROC = 6;
export const RLIMIT_OFILE = 7;
export const RLIMIT_RSS = 5;
export const RLIMIT_RTPRIO = 14;
export const RLIMIT_RTTIME = 15;
export const RLIMIT_SIGPENDING = 11;
export const RLIMIT_STACK = 3;

export const SA_INTERRUPT = 0x20000000;
export const SA_NOCLDSTOP = 0x1;
export const SA_NOCLDWAIT = 0x2;
export const SA_NODEFER = 0x40000000;
export const SA_NOMASK = 0x40000000;
export const SA_ONESHOT = 0x80000000;
export const SA_ONSTACK = 0x8000000;
export const SA_RESETHAND = 0x80000000;
export const SA_RESTART = 0x10000000;
export const SA_SIGINFO = 0x4;
export const SA_STACK = 0x8000000;

export const SECCOMP_ADDFD_FLAG_SEND = 2;
export const SECCOMP_ADDFD_FLAG_SETFD = 1;
export const SECCOMP_FILTER_FLAG_LOG = 0x2;
export const SECCOMP_FILTER_FLAG_NEW_LISTENER = 0x8;
export const SECCOMP_FILTER_FLAG_SPEC_ALLOW = 0x4;
export const SECCOMP_FILTER_FLAG_TSYNC = 0x1;
export const SECCOMP_FILTER_FLAG_TSYNC_ESRCH = 0x10;
export const SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 0x20;
export const SECCOMP_GET_ACTION_AVAIL = 2;
export const SECCOMP_GET_NOTIF_SIZES = 3;
export const SECCOMP_IOCTL_NOTIF_RECV = 3226476800;
export const SECCOMP_IOCTL_NOTIF_SEND = 3222806785;
export const SECCOMP_IOC_MAGIC = 33;
export const SECCOMP_MODE_DISABLED = 0;
export const SECCOMP_MODE_FILTER = 2;
export const SECCOMP_MODE_STRICT = 1;
export const SECCOMP_RET_ACTION = 0x7fff0000;
export const SECCOMP_RET_ACTION_FULL = 0xffff0000;
export const SECCOMP_RET_ALLOW = 0x7fff0000;
export const SECCOMP_RET_DATA = 0xffff;
export const SECCOMP_RET_ERRNO = 0x50000;
export const SECCOMP_RET_KILL = 0x0;
export const SECCOMP_RET_KILL_PROCESS = 0x80000000;
export const SECCOMP_RET_KILL_THREAD = 0x0;
export const SECCOMP_RET_LOG = 0x7ffc0000;
export const SECCOMP_RET_TRACE = 0x7ff00000;
export const SECCOMP_RET_TRAP = 0x30000;
export const SECCOMP_RET_USER_NOTIF = 0x7fc00000;
export const SECCOMP_SET_MODE_FILTER = 1;
export const SECCOMP_SET_MODE_STRICT = 0;
export const SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1;

export const SIGABRT = 6;

export const SIGALRM = 14;

export const SIGBUS = 7;

export const SIGCHLD = 17;

export const SIGCLD = 17;

export const SIGCONT = 18;

export const SIGFPE = 8;

export const SIGHUP = 1;

export const SIGILL = 4;

export const SIGINT = 2;

export const SIGIO = 29;

export const SIGIOT = 6;

export const SIGKILL = 9;

export const SIGPIPE = 13;

export const SIGPOLL = 29;

export const SIGPROF = 27;

export const SIGPWR = 30;

export const SIGQUIT = 3;

export const SIGSEGV = 11;

export const SIGSTKFLT = 16;

export const SIGSTOP = 19;

export const SIGSYS = 31;

export const SIGTERM = 15;

export const SIGTRAP = 5;

export const SIGTSTP = 20;

export const SIGTTIN = 21;

export const SIGTTOU = 22;

export const SIGURG = 23;

export const SIGUSR1 = 10;

export const SIGUSR2 = 12;

export const SIGVTALRM = 26;

export const SIGWINCH = 28;

export const SIGXCPU = 24;

export const SIGXFSZ = 25;

export const WCONTINUED = 8;

export const WNOHANG = 1;

export const WUNTRACED = 2;

export const _LINUX_CAPABILITY_U32S_3 = 0x2;
export const _LINUX_CAPABILITY_VERSION_3 = 0x20080522;
export const __WALL = 1073741824;

/** What pthread_create passes to clone, with the word that tells that the thread is gone. */
export const CLONE_THREAD_FLAGS =
  CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;
