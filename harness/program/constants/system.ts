/** Waiting, timers, and kernel services: constants of Linux's uapi headers, by the kernel's names. Equal on all architectures. */
export const BPF_MAP_CREATE = 0;
export const BPF_MAP_DELETE_BATCH = 27;
export const BPF_MAP_DELETE_ELEM = 3;
export const BPF_MAP_FREEZE = 22;
export const BPF_MAP_GET_FD_BY_ID = 14;
export const BPF_MAP_GET_NEXT_ID = 12;
export const BPF_MAP_GET_NEXT_KEY = 4;
export const BPF_MAP_LOOKUP_AND_DELETE_BATCH = 25;
export const BPF_MAP_LOOKUP_AND_DELETE_ELEM = 21;
export const BPF_MAP_LOOKUP_BATCH = 24;
export const BPF_MAP_LOOKUP_ELEM = 1;
export const BPF_MAP_UPDATE_BATCH = 26;
export const BPF_MAP_UPDATE_ELEM = 2;
export const BPF_PROG_ATTACH = 8;
export const BPF_PROG_DETACH = 9;
export const BPF_PROG_GET_FD_BY_ID = 13;
export const BPF_PROG_GET_NEXT_ID = 11;
export const BPF_PROG_LOAD = 5;
export const BPF_PROG_QUERY = 16;
export const BPF_PROG_RUN = 10;
export const BPF_PROG_TEST_RUN = 10;

export const CLOCK_BOOTTIME = 7;
export const CLOCK_BOOTTIME_ALARM = 9;
export const CLOCK_MONOTONIC = 1;
export const CLOCK_MONOTONIC_COARSE = 6;
export const CLOCK_MONOTONIC_RAW = 4;
export const CLOCK_PROCESS_CPUTIME_ID = 2;
export const CLOCK_REALTIME = 0;
export const CLOCK_REALTIME_ALARM = 8;
export const CLOCK_REALTIME_COARSE = 5;
export const CLOCK_TAI = 11;
export const CLOCK_THREAD_CPUTIME_ID = 3;

export const EFD_CLOEXEC = 0x80000;
export const EFD_NONBLOCK = 0x800;
export const EFD_SEMAPHORE = 0x1;

export const EPOLLERR = 0x8;

export const EPOLLET = 0x80000000;

export const EPOLLEXCLUSIVE = 0x10000000;

export const EPOLLHUP = 0x10;

export const EPOLLIN = 0x1;

export const EPOLLMSG = 0x400;

export const EPOLLONESHOT = 0x40000000;

export const EPOLLOUT = 0x4;

export const EPOLLPRI = 0x2;

export const EPOLLRDBAND = 0x80;

export const EPOLLRDHUP = 0x2000;

export const EPOLLRDNORM = 0x40;

export const EPOLLWAKEUP = 0x20000000;

export const EPOLLWRBAND = 0x200;

export const EPOLLWRNORM = 0x100;

export const EPOLL_CLOEXEC = 524288;
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;

export const IN_ACCESS = 0x1;
export const IN_ALL_EVENTS = 0xfff;
export const IN_ATTRIB = 0x4;
export const IN_CLOEXEC = 0x80000;
export const IN_CLOSE = 0x18;
export const IN_CLOSE_NOWRITE = 0x10;
export const IN_CLOSE_WRITE = 0x8;
export const IN_CREATE = 0x100;
export const IN_DELETE = 0x200;
export const IN_DELETE_SELF = 0x400;
export const IN_DONT_FOLLOW = 0x2000000;
export const IN_EXCL_UNLINK = 0x4000000;
export const IN_IGNORED = 0x8000;
export const IN_ISDIR = 0x40000000;
export const IN_MASK_ADD = 0x20000000;
export const IN_MASK_CREATE = 0x10000000;
export const IN_MODIFY = 0x2;
export const IN_MOVE = 0xc0;
export const IN_MOVED_FROM = 0x40;
export const IN_MOVED_TO = 0x80;
export const IN_MOVE_SELF = 0x800;
export const IN_NONBLOCK = 0x800;
export const IN_ONESHOT = 0x80000000;
export const IN_ONLYDIR = 0x1000000;
export const IN_OPEN = 0x20;
export const IN_Q_OVERFLOW = 0x4000;
export const IN_UNMOUNT = 0x2000;

export const IORING_ENTER_EXT_ARG = 8;
export const IORING_ENTER_GETEVENTS = 1;
export const IORING_ENTER_REGISTERED_RING = 16;
export const IORING_ENTER_SQ_WAIT = 4;
export const IORING_ENTER_SQ_WAKEUP = 2;
export const IORING_SETUP_ATTACH_WQ = 0x20;
export const IORING_SETUP_CLAMP = 0x10;
export const IORING_SETUP_COOP_TASKRUN = 0x100;
export const IORING_SETUP_CQSIZE = 0x8;
export const IORING_SETUP_DEFER_TASKRUN = 0x2000;
export const IORING_SETUP_IOPOLL = 0x1;
export const IORING_SETUP_R_DISABLED = 0x40;
export const IORING_SETUP_SINGLE_ISSUER = 0x1000;
export const IORING_SETUP_SQPOLL = 0x2;
export const IORING_SETUP_SQ_AFF = 0x4;
export const IORING_SETUP_SUBMIT_ALL = 0x80;
export const IORING_SETUP_TASKRUN_FLAG = 0x200;

export const KEYCTL_ASSUME_AUTHORITY = 16;
export const KEYCTL_CAPABILITIES = 31;
export const KEYCTL_CHOWN = 4;
export const KEYCTL_CLEAR = 7;
export const KEYCTL_DESCRIBE = 6;
export const KEYCTL_DH_COMPUTE = 23;
export const KEYCTL_GET_KEYRING_ID = 0;
export const KEYCTL_GET_PERSISTENT = 22;
export const KEYCTL_GET_SECURITY = 17;
export const KEYCTL_INSTANTIATE = 12;
export const KEYCTL_INSTANTIATE_IOV = 20;
export const KEYCTL_INVALIDATE = 21;
export const KEYCTL_JOIN_SESSION_KEYRING = 1;
export const KEYCTL_LINK = 8;
export const KEYCTL_MOVE = 30;
export const KEYCTL_MOVE_EXCL = 1;
export const KEYCTL_NEGATE = 13;
export const KEYCTL_PKEY_DECRYPT = 26;
export const KEYCTL_PKEY_ENCRYPT = 25;
export const KEYCTL_PKEY_QUERY = 24;
export const KEYCTL_PKEY_SIGN = 27;
export const KEYCTL_PKEY_VERIFY = 28;
export const KEYCTL_READ = 11;
export const KEYCTL_REJECT = 19;
export const KEYCTL_RESTRICT_KEYRING = 29;
export const KEYCTL_REVOKE = 3;
export const KEYCTL_SEARCH = 10;
export const KEYCTL_SESSION_TO_PARENT = 18;
export const KEYCTL_SETPERM = 5;
export const KEYCTL_SET_REQKEY_KEYRING = 14;
export const KEYCTL_SET_TIMEOUT = 15;
export const KEYCTL_SUPPORTS_DECRYPT = 2;
export const KEYCTL_SUPPORTS_ENCRYPT = 1;
export const KEYCTL_SUPPORTS_SIGN = 4;
export const KEYCTL_SUPPORTS_VERIFY = 8;
export const KEYCTL_UNLINK = 9;
export const KEYCTL_UPDATE = 2;
export const KEYCTL_WATCH_KEY = 32;

export const KEY_SPEC_GROUP_KEYRING = -6;
export const KEY_SPEC_PROCESS_KEYRING = -2;
export const KEY_SPEC_REQKEY_AUTH_KEY = -7;
export const KEY_SPEC_REQUESTOR_KEYRING = -8;
export const KEY_SPEC_SESSION_KEYRING = -3;
export const KEY_SPEC_THREAD_KEYRING = -1;
export const KEY_SPEC_USER_KEYRING = -4;
export const KEY_SPEC_USER_SESSION_KEYRING = -5;

export const POLLERR = 0x8;

export const POLLHUP = 0x10;

export const POLLIN = 0x1;

export const POLLMSG = 0x400;

export const POLLNVAL = 0x20;

export const POLLOUT = 0x4;

export const POLLPRI = 0x2;

export const POLLRDBAND = 0x80;

export const POLLRDHUP = 0x2000;

export const POLLRDNORM = 0x40;

export const POLLREMOVE = 0x1000;

export const POLLWRBAND = 0x200;

export const POLLWRNORM = 0x100;

export const SFD_CLOEXEC = 0x80000;
export const SFD_NONBLOCK = 0x800;

export const TFD_CLOEXEC = 0x80000;
export const TFD_NONBLOCK = 0x800;
export const TFD_TIMER_ABSTIME = 0x1;
export const TFD_TIMER_CANCEL_ON_SET = 0x2;

export const TIMER_ABSTIME = 0x1;

export const UFFD_USER_MODE_ONLY = 1;
