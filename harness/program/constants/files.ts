/** Paths, open files, file systems: constants of Linux's uapi headers, by the kernel's names and x86_64's values. */
export const AT_EACCESS = 0x200;
export const AT_EMPTY_PATH = 0x1000;
export const AT_FDCWD = -100;
export const AT_NO_AUTOMOUNT = 0x800;
export const AT_RECURSIVE = 0x8000;
export const AT_REMOVEDIR = 0x200;
export const AT_SYMLINK_FOLLOW = 0x400;
export const AT_SYMLINK_NOFOLLOW = 0x100;

export const CLOSE_RANGE_CLOEXEC = 4;
export const CLOSE_RANGE_UNSHARE = 2;

export const FIONBIO = 0x5421;

export const FIONREAD = 0x541b;

export const F_ADD_SEALS = 1033;
export const F_DUPFD = 0;
export const F_DUPFD_CLOEXEC = 1030;
export const F_EXLCK = 4;
export const F_GETFD = 1;
export const F_GETFL = 3;
export const F_GETLEASE = 1025;
export const F_GETLK = 5;
export const F_GETOWN = 9;
export const F_GETOWN_EX = 16;
export const F_GETPIPE_SZ = 1032;
export const F_GETSIG = 11;
export const F_GET_FILE_RW_HINT = 1037;
export const F_GET_RW_HINT = 1035;
export const F_GET_SEALS = 1034;
export const F_LOCK = 1;
export const F_NOTIFY = 1026;
export const F_OFD_GETLK = 36;
export const F_OFD_SETLK = 37;
export const F_OFD_SETLKW = 38;
export const F_OK = 0;
export const F_OWNER_GID = 2;
export const F_OWNER_PGRP = 2;
export const F_OWNER_PID = 1;
export const F_OWNER_TID = 0;
export const F_RDLCK = 0;
export const F_SEAL_FUTURE_WRITE = 16;
export const F_SEAL_GROW = 4;
export const F_SEAL_SEAL = 1;
export const F_SEAL_SHRINK = 2;
export const F_SEAL_WRITE = 8;
export const F_SETFD = 2;
export const F_SETFL = 4;
export const F_SETLEASE = 1024;
export const F_SETLK = 6;
export const F_SETLKW = 7;
export const F_SETOWN = 8;
export const F_SETOWN_EX = 15;
export const F_SETPIPE_SZ = 1031;
export const F_SETSIG = 10;
export const F_SET_FILE_RW_HINT = 1038;
export const F_SET_RW_HINT = 1036;
export const F_SHLCK = 8;
export const F_TEST = 3;
export const F_TLOCK = 2;
export const F_ULOCK = 0;
export const F_UNLCK = 2;
export const F_WRLCK = 1;

export const GRPQUOTA = 1;

export const LOCK_EX = 2;
export const LOCK_MAND = 32;
export const LOCK_NB = 4;
export const LOCK_READ = 64;
export const LOCK_RW = 192;
export const LOCK_SH = 1;
export const LOCK_UN = 8;
export const LOCK_WRITE = 128;

export const MNT_DETACH = 0x2;
export const MNT_EXPIRE = 0x4;
export const MNT_FORCE = 0x1;

export const MS_ACTIVE = 0x40000000;
export const MS_ASYNC = 0x1;
export const MS_BIND = 0x1000;
export const MS_BORN = 0x20000000;
export const MS_DIRSYNC = 0x80;
export const MS_INVALIDATE = 0x2;
export const MS_KERNMOUNT = 0x400000;
export const MS_LAZYTIME = 0x2000000;
export const MS_MANDLOCK = 0x40;
export const MS_MOVE = 0x2000;
export const MS_NOATIME = 0x400;
export const MS_NODEV = 0x4;
export const MS_NODIRATIME = 0x800;
export const MS_NOEXEC = 0x8;
export const MS_NOREMOTELOCK = 0x8000000;
export const MS_NOSEC = 0x10000000;
export const MS_NOSUID = 0x2;
export const MS_NOSYMFOLLOW = 0x100;
export const MS_NOUSER = -2147483648;
export const MS_POSIXACL = 0x10000;
export const MS_PRIVATE = 0x40000;
export const MS_RDONLY = 0x1;
export const MS_REC = 0x4000;
export const MS_RELATIME = 0x200000;
export const MS_REMOUNT = 0x20;
export const MS_SHARED = 0x100000;
export const MS_SILENT = 0x8000;
export const MS_SLAVE = 0x80000;
export const MS_STRICTATIME = 0x1000000;
export const MS_SUBMOUNT = 0x4000000;
export const MS_SYNC = 0x4;
export const MS_SYNCHRONOUS = 0x10;
export const MS_UNBINDABLE = 0x20000;
export const MS_VERBOSE = 0x8000;

export const O_ACCMODE = 0x3;
export const O_APPEND = 0x400;
export const O_ASYNC = 0x2000;
export const O_CLOEXEC = 0x80000;
export const O_CREAT = 0x40;
export const O_DIRECT = 0x4000;
export const O_DIRECTORY = 0x10000;
export const O_DSYNC = 0x1000;
export const O_EXCL = 0x80;
export const O_FSYNC = 0x101000;
export const O_LARGEFILE = 0x8000;
export const O_NDELAY = 0x800;
export const O_NOATIME = 0x40000;
export const O_NOCTTY = 0x100;
export const O_NOFOLLOW = 0x20000;
export const O_NONBLOCK = 0x800;
export const O_PATH = 0x200000;
export const O_RDONLY = 0x0;
export const O_RDWR = 0x2;
export const O_RSYNC = 0x101000;
export const O_SYNC = 0x101000;
export const O_TMPFILE = 0x410000;
export const O_TRUNC = 0x200;
export const O_WRONLY = 0x1;

export const QFMT_OCFS2 = 3;
export const QFMT_VFS_OLD = 1;
export const QFMT_VFS_V0 = 2;
export const QFMT_VFS_V1 = 4;

export const QIF_ALL = 63;
export const QIF_BLIMITS = 1;
export const QIF_BTIME = 16;
export const QIF_DQBLKSIZE = 1024;
export const QIF_ILIMITS = 4;
export const QIF_INODES = 8;
export const QIF_ITIME = 32;
export const QIF_LIMITS = 5;
export const QIF_SPACE = 2;
export const QIF_TIMES = 48;
export const QIF_USAGE = 10;

export const Q_GETFMT = 0x800004;
export const Q_GETINFO = 0x800005;
export const Q_GETNEXTQUOTA = 0x800009;
export const Q_GETQUOTA = 0x800007;
export const Q_QUOTAOFF = 0x800003;
export const Q_QUOTAON = 0x800002;
export const Q_SETINFO = 0x800006;
export const Q_SETQUOTA = 0x800008;
export const Q_SYNC = 0x800001;

export const RENAME_EXCHANGE = 0x2;
export const RENAME_NOREPLACE = 0x1;
export const RENAME_WHITEOUT = 0x4;

export const RESOLVE_BENEATH = 0x8;
export const RESOLVE_CACHED = 0x20;
export const RESOLVE_IN_ROOT = 0x10;
export const RESOLVE_NO_MAGICLINKS = 0x2;
export const RESOLVE_NO_SYMLINKS = 0x4;
export const RESOLVE_NO_XDEV = 0x1;

export const R_OK = 4;

export const SEEK_CUR = 1;
export const SEEK_DATA = 3;
export const SEEK_END = 2;
export const SEEK_HOLE = 4;
export const SEEK_MAX = 4;
export const SEEK_SET = 0;

export const SPLICE_F_GIFT = 0x8;
export const SPLICE_F_MORE = 0x4;
export const SPLICE_F_MOVE = 0x1;
export const SPLICE_F_NONBLOCK = 0x2;

export const STATX_ALL = 0xfff;
export const STATX_ATIME = 0x20;
export const STATX_ATTR_APPEND = 0x20;
export const STATX_ATTR_AUTOMOUNT = 0x1000;
export const STATX_ATTR_COMPRESSED = 0x4;
export const STATX_ATTR_DAX = 0x200000;
export const STATX_ATTR_ENCRYPTED = 0x800;
export const STATX_ATTR_IMMUTABLE = 0x10;
export const STATX_ATTR_MOUNT_ROOT = 0x2000;
export const STATX_ATTR_NODUMP = 0x40;
export const STATX_ATTR_VERITY = 0x100000;
export const STATX_BASIC_STATS = 0x7ff;
export const STATX_BLOCKS = 0x400;
export const STATX_BTIME = 0x800;
export const STATX_CTIME = 0x80;
export const STATX_DIOALIGN = 0x2000;
export const STATX_GID = 0x10;
export const STATX_INO = 0x100;
export const STATX_MNT_ID = 0x1000;
export const STATX_MODE = 0x2;
export const STATX_MTIME = 0x40;
export const STATX_NLINK = 0x4;
export const STATX_SIZE = 0x200;
export const STATX_TYPE = 0x1;
export const STATX_UID = 0x8;
export const STATX__RESERVED = 0x80000000;

export const S_IEXEC = 0o100;
export const S_IFBLK = 0o60000;
export const S_IFCHR = 0o20000;
export const S_IFDIR = 0o40000;
export const S_IFIFO = 0o10000;
export const S_IFLNK = 0o120000;
export const S_IFMT = 0o170000;
export const S_IFREG = 0o100000;
export const S_IFSOCK = 0o140000;
export const S_IREAD = 0o400;
export const S_IRGRP = 0o40;
export const S_IROTH = 0o4;
export const S_IRUSR = 0o400;
export const S_IRWXG = 0o70;
export const S_IRWXO = 0o7;
export const S_IRWXU = 0o700;
export const S_ISGID = 0o2000;
export const S_ISUID = 0o4000;
export const S_ISVTX = 0o1000;
export const S_IWGRP = 0o20;
export const S_IWOTH = 0o2;
export const S_IWRITE = 0o200;
export const S_IWUSR = 0o200;
export const S_IXGRP = 0o10;
export const S_IXOTH = 0o1;
export const S_IXUSR = 0o100;

export const TCGETS = 0x5401;

export const TIOCGWINSZ = 0x5413;

export const UMOUNT_NOFOLLOW = 8;

export const USRQUOTA = 0;

export const W_OK = 2;

export const X_OK = 1;
