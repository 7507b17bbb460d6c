/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libscap: system-call events, live from a driver or from a .scap file.
 *
 * Conventions
 * - Every function that can fail returns an `enum scap_status`; the text of the failure is in the
 *   caller's `struct scap_error` (open functions) or at scap_last_error(handle).
 * - Threads: a handle (struct scap, struct scap_writer) belongs to one thread at a time; it may wander from thread to
 *   thread. Different handles have nothing in common and may be used at once. There is no global state and there are no
 *   callbacks. One exception: while scap_open_live() loads a BPF object it holds libbpf's print function, which is
 *   one for the process; threads that do so wait for each other.
 * - Ownership: what a function returns by pointer belongs to the handle and is valid as long as it says, at most until
 *   scap_close(); what is given to a function is copied, unless it says "not copied". Nothing of a caller is freed.
 * - Waiting: no call waits for events. Opening and stopping a live capture, scap_scan() and reading from pipes
 *   take as long as the kernel takes.
 * - Integers in structures are in host byte order, times in nanoseconds since the Unix epoch.
 */
#ifndef SCAP_H
#define SCAP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SCAP_API __attribute__((visibility("default")))

/* Semantic version of this interface. */
#define SCAP_API_MAJOR 1
#define SCAP_API_MINOR 1
#define SCAP_API_PATCH 0

/* Values are those of the existing libscap, so that exit codes and logs read alike. */
enum scap_status {
	SCAP_OK = 0,
	SCAP_FAILURE = 1,
	SCAP_TIMEOUT = -1, /* nothing to return now; more may come */
	SCAP_ILLEGAL_INPUT = 3,
	SCAP_NOT_FOUND = 4,
	SCAP_INPUT_TOO_SMALL = 5, /* the input ends inside a block or an event */
	SCAP_EOF = 6,
	SCAP_UNEXPECTED_BLOCK = 7,
	SCAP_VERSION_MISMATCH = 8,
	SCAP_NOT_SUPPORTED = 9, /* this kernel, file or build cannot do it; the text says what is missing */
	SCAP_BUFFER_TOO_SMALL = 11, /* scap_next_batch: one event alone exceeds the caller's arena */
};

struct scap_error {
	char text[1024]; /* one line, no newline */
};

/* The event frame, as in memory, in rings and in files: header, nparams lengths, data. Packed.
 * Lengths are u16, or u32 for the event types with the LARGE_PAYLOAD flag. */
struct scap_event {
	uint64_t ts;
	uint64_t tid;
	uint32_t len; /* header + lengths + data */
	uint16_t type; /* event code, PPME_* */
	uint32_t nparams;
} __attribute__((packed));

/* One event in a batch. Records follow each other; `size` includes this header and padding to 8. The
 * scap_event starts right after the header, so its ts is 8-byte aligned when the arena is. */
struct scap_record {
	uint32_t size;
	uint16_t cpu;
	/* So many parameters, from the first on, have the sizes that their types have in the schema: where they are
	 * follows from the event's code alone. 0 where the event has another number of parameters than there. */
	uint16_t fixed;
	uint32_t flags; /* event flags of the file format (bit 0: state only) */
	uint32_t reserved;
};

struct scap; /* a source of events */
struct scap_writer;

/* ---- open and close ---- */

/*
 * A capture file, plain or gzip. It may be a pipe, and may grow or shrink while it is read: what is there when the reader
 * comes to it counts, so a file that was cut ends as a cut file does.
 */
SCAP_API int scap_open_file(const char *path, struct scap **out, struct scap_error *err);
/* The same from an open descriptor at its present place: a file, a pipe, a socket. Reading waits for bytes, also if the
 * descriptor does not block, and ends where the writer closes its end. The descriptor is not closed, and must stay open
 * until scap_close(). */
SCAP_API int scap_open_fd(int fd, struct scap **out, struct scap_error *err);
/* A capture in memory, plain or gzip. The bytes are not copied: they must outlive the handle. */
SCAP_API int scap_open_memory(const void *data, size_t size, struct scap **out, struct scap_error *err);

#define SCAP_SNAPLEN_MAX    65000
#define SCAP_STATSD_PORT    8125 /* at first */
#define SCAP_INTEREST_BYTES 64 /* bit PPM_SC (bit i of byte i/8): capture that syscall or tracepoint */

enum scap_live_flags {
	/* Rings for the CPUs that are online, not for all that there can be. One that comes online later gets its own
	 * (kmod) or shares the first one (modern_bpf). */
	SCAP_ONLINE_CPUS_ONLY = 1,
	SCAP_DROP_FAILED = 2, /* no exit events with a negative result */
	SCAP_DEBUG = 4, /* the debug build of the driver (bpf_printk, pr_debug) */
};

enum scap_attach { /* how modern_bpf attaches to sys_enter and sys_exit */
	SCAP_ATTACH_PROBE = 0, /* choose by probing the kernel */
	SCAP_ATTACH_RAW_TP = 1,
	SCAP_ATTACH_TP = 2,
	SCAP_ATTACH_TP_BTF = 3,
};

struct scap_live_options {
	uint32_t size; /* sizeof(struct scap_live_options): fields beyond it take their defaults */
	uint32_t flags; /* enum scap_live_flags */
	const char *engine; /* "modern_bpf", "kmod", or "nodriver": no events, for scap_scan() */
	uint64_t buffer_bytes; /* of one ring: a power of two of at least two pages; 0 = 8 MiB */
	uint32_t cpus_per_buffer; /* modern_bpf: N CPUs share a ring; 0 = one ring for all; default 1 */
	uint32_t snaplen; /* bytes kept of a data buffer, at most SCAP_SNAPLEN_MAX; 0 = 80 */
	uint64_t scope_cgroup; /* id of a cgroup v2 (inode number of its directory): capture only tasks in it; 0 = all */
	const uint8_t *interest; /* SCAP_INTEREST_BYTES; NULL = everything */
	const void *object; /* modern_bpf: a BPF object instead of the built-in one; its versions are checked */
	size_t object_size;
	const char *module_path; /* kmod: the .ko to insert if the module is not loaded yet */
	uint32_t attach; /* enum scap_attach */
	const char *btf_path; /* modern_bpf: file with the layout of the running kernel's structures (BTF), for a kernel
	                         that does not carry its own; NULL = the kernel's own */
	uint32_t buffer_preset; /* instead of buffer_bytes, 1 to SCAP_BUFFER_PRESET_MAX: scap_buffer_preset(); 0 = none */
	uint32_t reserved;
};

/* The sizes of a ring that configurations of the existing tools know by number: 1 MiB, doubled by each step up to 512 MiB. 4 is
 * the default. 0 for any other number. */
#define SCAP_BUFFER_PRESET_MAX 10
SCAP_API uint64_t scap_buffer_preset(uint32_t preset);

/* Load and attach a driver. The capture is stopped until scap_start(). Needs root, but for nodriver.
 * SCAP_NOT_SUPPORTED: the kernel lacks something; the text begins with a cause word and a colon
 * ("no-btf: …", "lockdown: …", "verifier: …", "version: …", "no-module: …"). */
SCAP_API int scap_open_live(const struct scap_live_options *options, struct scap **out, struct scap_error *err);

/* Detach, unload what was loaded, free. NULL is allowed. */
SCAP_API void scap_close(struct scap *scap);

/* The text of the last failure on this handle; "" if none. Valid until the next call. */
SCAP_API const char *scap_last_error(const struct scap *scap);

/* ---- read ---- */

/* Fill `arena` (8-byte aligned) with as many whole records as fit, ordered by time across CPUs.
 * *used = bytes, *count = records; both are also set (to 0) on failure. SCAP_OK: count > 0.
 * SCAP_TIMEOUT (live): nothing captured yet. SCAP_EOF: the file ended. Any other status: the
 * events before the damage have been returned by earlier calls. */
SCAP_API int scap_next_batch(struct scap *scap, void *arena, size_t arena_size, size_t *used, uint32_t *count);

/* An event where it lies. */
struct scap_view {
	const struct scap_event *event; /* not aligned */
	uint32_t flags; /* event flags of the file format (bit 0: state only) */
	uint16_t cpu;
	uint16_t reserved;
};

/*
 * Events without copying them: the next ones, at most `room`, of one section. Valid until the next call on the
 * handle. *count > 0 with SCAP_OK; it may be less than `room` though more will follow. The fastest way through a
 * file for C; statuses as of scap_next_batch().
 */
SCAP_API int scap_next_views(struct scap *scap, struct scap_view *views, uint32_t room, uint32_t *count);

/* One event, for C callers. The pointer is valid until the next call on the handle. */
SCAP_API int scap_next(struct scap *scap, const struct scap_event **event, uint16_t *cpu, uint32_t *flags);

/*
 * Events of old files are shown as the events of today: enter events of former drivers give their parameters to
 * the exit and are not shown themselves (except those that are still sent), former event codes become the present
 * ones, and missing parameters are empty or 0. `on`: as the file has them instead. For files; to be called before the
 * first reading call.
 */
SCAP_API int scap_set_raw(struct scap *scap, int on);

struct scap_machine_info {
	uint32_t num_cpus;
	uint32_t reserved;
	uint64_t memory_bytes;
	uint64_t max_pid;
	char hostname[128];
	uint64_t boot_ts_ns;
	uint64_t flags;
};

/* The machine the events come from. SCAP_NOT_FOUND if the file has none (yet). */
SCAP_API int scap_machine_info(struct scap *scap, struct scap_machine_info *out);

/* What has been met in a file so far. */
struct scap_file_info {
	uint64_t offset; /* uncompressed bytes taken */
	uint64_t skipped_blocks; /* of a code that this library does not know */
	uint64_t unknown_events; /* skipped: their code is above this library's event table */
	uint64_t unconverted_events; /* old ones with a number of parameters that no driver is known to have sent:
	                                shown as they are */
	uint32_t sections; /* more than 1: the file is a concatenation */
	uint32_t interfaces; /* entries of the lists that stand before the events */
	uint32_t users; /* and groups */
	uint32_t processes;
	uint32_t fds;
	uint32_t unknown_entries; /* of a type that this library does not know: interfaces and users are left out, fds
	                             are SCAP_FD_UNSUPPORTED */
};

/* SCAP_NOT_SUPPORTED on a live handle. */
SCAP_API int scap_get_file_info(struct scap *scap, struct scap_file_info *out);

/* ---- lists: the machine's state when the capture began ---- */

/*
 * Arrays of the section that the last returned event belongs to (before the first event: of the first
 * section). A batch never spans sections, so after each of its calls the lists are those of its events; compare
 * scap_file_info.sections to see that they have changed. Arrays and texts are valid until the next reading call.
 */

/* Bytes of a list entry, at this offset of scap_texts(). A NUL follows them, which `size` does not count. */
struct scap_text {
	uint32_t at;
	uint32_t size;
};

/* What a capture is too old to tell is 0 or empty; sid, vpgid, pgid, vtid and vpid are then -1, and loginuid is
 * 0xffffffff. */
struct scap_thread {
	uint64_t tid, pid, ptid;
	int64_t sid, vpgid, pgid, vtid, vpid;
	int64_t fdlimit;
	uint64_t pfmajor, pfminor;
	uint64_t pidns_init_start_ts;
	uint64_t cap_inheritable, cap_permitted, cap_effective; /* PPM_CAP_* */
	uint64_t exe_ino, exe_ino_ctime, exe_ino_mtime;
	struct scap_text comm, exe, exepath, args, cwd, env, cgroups, root; /* exe: argv[0]; args: the other ones */
	uint32_t flags; /* PPM_CL_* */
	uint32_t uid, gid, loginuid, tty;
	uint32_t vmsize_kb, vmrss_kb, vmswap_kb;
	uint8_t exe_writable, exe_upper_layer, exe_lower_layer, exe_from_memfd;
	uint32_t reserved;
};

enum scap_fd_type {
	SCAP_FD_FILE = 1, /* of old files: without flags and device */
	SCAP_FD_DIRECTORY = 2,
	SCAP_FD_IPV4_SOCK = 3,
	SCAP_FD_IPV6_SOCK = 4,
	SCAP_FD_IPV4_SERVSOCK = 5,
	SCAP_FD_IPV6_SERVSOCK = 6,
	SCAP_FD_FIFO = 7,
	SCAP_FD_UNIX_SOCK = 8,
	SCAP_FD_EVENT = 9,
	SCAP_FD_UNSUPPORTED = 10,
	SCAP_FD_SIGNALFD = 11,
	SCAP_FD_EVENTPOLL = 12,
	SCAP_FD_INOTIFY = 13,
	SCAP_FD_TIMERFD = 14,
	SCAP_FD_NETLINK = 15,
	SCAP_FD_FILE_V2 = 16,
	SCAP_FD_BPF = 17,
	SCAP_FD_USERFAULTFD = 18,
	SCAP_FD_IO_URING = 19,
	SCAP_FD_MEMFD = 20,
	SCAP_FD_PIDFD = 21,
};

enum scap_l4proto {
	SCAP_L4_UNKNOWN = 0,
	SCAP_L4_NA = 1,
	SCAP_L4_TCP = 2,
	SCAP_L4_UDP = 3,
	SCAP_L4_ICMP = 4,
	SCAP_L4_RAW = 5,
};

/* Fields that a type does not have are 0 or empty. */
struct scap_fd {
	uint64_t tid; /* of the thread whose list it stands in */
	int64_t fd;
	uint64_t ino;
	uint64_t unix_source, unix_dest; /* kernel pointers or inode numbers */
	struct scap_text name;
	uint8_t source[16], dest[16]; /* network order, IPv4 in the first four bytes; servers: source alone */
	uint32_t open_flags; /* PPM_O_* */
	uint32_t dev;
	uint16_t sport, dport; /* host order */
	uint8_t type; /* enum scap_fd_type */
	uint8_t l4proto; /* enum scap_l4proto */
	uint16_t reserved;
};

struct scap_interface {
	uint64_t linkspeed; /* bit/s; 0 if not known */
	struct scap_text name;
	uint8_t address[16], netmask[16], broadcast[16]; /* network order, IPv4 in the first four bytes */
	uint32_t ip_version; /* 4 or 6 */
	uint32_t reserved;
};

struct scap_user {
	uint32_t uid, gid;
	struct scap_text name, home, shell;
};

struct scap_group {
	uint32_t gid;
	struct scap_text name;
};

/* On a live handle, what scap_scan() found; SCAP_NOT_FOUND before it. *out may be NULL if *count is 0. */
SCAP_API int scap_threads(struct scap *scap, const struct scap_thread **out, size_t *count);
SCAP_API int scap_fds(struct scap *scap, const struct scap_fd **out, size_t *count);
SCAP_API int scap_interfaces(struct scap *scap, const struct scap_interface **out, size_t *count);
SCAP_API int scap_users(struct scap *scap, const struct scap_user **out, size_t *count);
SCAP_API int scap_groups(struct scap *scap, const struct scap_group **out, size_t *count);
/* All texts, one behind the other. */
SCAP_API int scap_texts(struct scap *scap, const char **out, size_t *size);

/* All lists at once, as scap_writer_lists() takes them. A caller who wants fewer entries, or other ones, makes arrays
 * of its own. */
struct scap_lists {
	uint32_t size; /* sizeof(struct scap_lists) */
	uint32_t reserved;
	const struct scap_thread *threads;
	const struct scap_fd *fds;
	const struct scap_interface *interfaces;
	const struct scap_user *users;
	const struct scap_group *groups;
	const char *texts;
	size_t thread_count, fd_count, interface_count, user_count, group_count, texts_size;
};

SCAP_API int scap_get_lists(struct scap *scap, struct scap_lists *out);

/* ---- this machine's state ---- */

enum scap_scan_flags {
	SCAP_SCAN_NO_FDS = 1,
	SCAP_SCAN_NO_THREADS = 2, /* of each process only the thread that it is named after */
	SCAP_SCAN_NO_MACHINE = 4, /* no users, groups and interfaces */
};

enum scap_scan_source { /* where threads and fds come from */
	SCAP_SCAN_AUTO = 0, /* iterators, if there are so many processes that loading them pays, or they are loaded already, and
	                       probing says that they can be asked; else /proc */
	SCAP_SCAN_PROC = 1,
	SCAP_SCAN_ITERATORS = 2, /* the kernel's BPF iterators; the scan fails if they cannot be asked */
};

struct scap_scan_options {
	uint32_t size; /* sizeof(struct scap_scan_options) */
	uint32_t flags; /* enum scap_scan_flags */
	const char *root; /* where this machine's proc and etc are; NULL = "/". Elsewhere: no interfaces */
	uint64_t timeout_ns; /* for the whole scan; 0 = 30 s, UINT64_MAX = none. What was found until then stays */
	uint64_t pid; /* only this process; 0 = all */
	uint32_t source; /* enum scap_scan_source */
	uint32_t reserved;
};

struct scap_scan_info {
	uint64_t ns; /* that the scan took */
	uint32_t processes, threads, fds;
	uint32_t vanished; /* processes, threads and fds that ended while they were looked at */
	uint32_t unreadable; /* processes that did not let us see their files: without root, those of others */
	uint32_t unresolved_sockets; /* of a kind, or a network namespace, that nothing tells about: SCAP_FD_UNSUPPORTED */
	uint32_t truncated; /* 1: the time was over */
	uint32_t source; /* SCAP_SCAN_PROC or SCAP_SCAN_ITERATORS: which was used */
};

/*
 * Look at the processes of this machine, with their threads and open files, at its users, groups and
 * interfaces: scap_threads() and the other lists show them until the next scan. For live handles, running
 * or not, those of the engine "nodriver" included. Needs no rights: what others hide is left out, and
 * counted. `options` and `info` may be NULL. SCAP_NOT_FOUND: there is no process `options->pid`.
 *
 * Of exe, cwd and root of others without rights nothing is known (empty). Fds of threads that do not share
 * their process's files are not looked at. Sockets of this process's network namespace come from
 * sock_diag(7), others from /proc/PID/net, without the peers of Unix sockets.
 *
 * From iterators (Linux 5.8 with BTF; root; this process in the initial namespaces) come all fields of threads and fds,
 * but for these, which are then read from /proc: args, exe and env before Linux 5.18, and of processes that have overwritten
 * their arguments; cgroups where there is a hierarchy of cgroup v1; paths of more than 32 names or 4095 bytes; fds of file
 * systems that make up names (namespaces, pidfds from 6.9, dma-bufs). Addresses and ends of sockets come from where they
 * always come from; so do users, groups and interfaces.
 *
 * The two ways agree, but: of kernel threads iterators know the 15 bytes of the task's own name, as drivers do, where /proc
 * may add what a worker works for; inode numbers are the kernel's own, as drivers send them, which some file systems
 * (overlay, FUSE) hide from stat(2); layers of an overlay are those of the open file, not of its name today; an executable
 * with the immutable flag is not writable; the start of a nested pid namespace's init is known also where /proc is not mounted in
 * it. Page and fault counts are of two moments.
 */
SCAP_API int scap_scan(struct scap *scap, const struct scap_scan_options *options, struct scap_scan_info *info);

/* Why the last scap_scan() read /proc although SCAP_SCAN_AUTO or SCAP_SCAN_ITERATORS was given: a cause word, a colon, and
 * more ("permission: …", "verifier: …", "namespace: …"). "" if it did not. Valid until the next scan. */
SCAP_API const char *scap_scan_reason(const struct scap *scap);

/* Facts of this process and of the kernel below it. */
struct scap_agent_info {
	uint64_t start_ns; /* when this process began, to a clock tick */
	uint64_t pid;
	char release[128]; /* uname -r */
	char machine[128]; /* uname -m */
};
/* SCAP_FAILURE without a readable /proc. */
SCAP_API int scap_local_agent_info(struct scap_agent_info *out, struct scap_error *err);

/* ---- live control ---- */

/*
 * All of these are for live handles (SCAP_NOT_SUPPORTED on files) and may be called while the capture runs, unless they say
 * otherwise; a setting counts for calls that begin after it returned. SCAP_FAILURE: the driver refused it.
 */

/* Events are captured from now on. Starting twice is no failure. */
SCAP_API int scap_start(struct scap *scap);
/* When it returns, no event is added any more; what the rings hold is still returned by the reading calls, which then hold
 * nothing back. The capture can be started again. */
SCAP_API int scap_stop(struct scap *scap);
/* SCAP_INTEREST_BYTES are copied; NULL = everything. Of system calls of which nobody wants events, the hooks cost nothing
 * where the engine can detach them. */
SCAP_API int scap_set_interest(struct scap *scap, const uint8_t *interest);
/* Bytes kept of a data buffer; 0 = 80. SCAP_ILLEGAL_INPUT above SCAP_SNAPLEN_MAX. */
SCAP_API int scap_set_snaplen(struct scap *scap, uint32_t snaplen);
/*
 * Dynamic snaplen: of data that goes through sockets, up to so many bytes are kept instead, if that is more:
 * - 16000 where the local or the remote port is one of scap_set_fullcapture_ports();
 * - 2000 where the remote port is statsd's, 512 where it is DNS's (53). An unconnected socket's is taken from the call's address;
 * - 2000 of MySQL (port 3306), PostgreSQL (5432), MongoDB (27017, or any port) and HTTP (any port), told by the first 16
 *   bytes. Calls with several buffers (readv, sendmsg, …) go by port alone.
 * Off at first.
 */
SCAP_API int scap_set_dynamic_snaplen(struct scap *scap, int on);
/* Inclusive, in host order; last = 0: none (as at first). SCAP_ILLEGAL_INPUT if first is above last. Counts while dynamic
 * snaplen is on. */
SCAP_API int scap_set_fullcapture_ports(struct scap *scap, uint16_t first, uint16_t last);
/* In host order; SCAP_STATSD_PORT at first; 0 = none. Counts while dynamic snaplen is on. */
SCAP_API int scap_set_statsd_port(struct scap *scap, uint16_t port);
/* Capture only tasks in this cgroup v2, by the inode number of its directory, and below it; 0 = all. */
SCAP_API int scap_set_scope(struct scap *scap, uint64_t cgroup_id);
/* Leave out exit events with a negative result. */
SCAP_API int scap_set_drop_failed(struct scap *scap, int on);
/*
 * Dropping mode, for a reader that falls behind: the driver records only the first 1/ratio of every second, and
 * little that is noise (the schema's `drop`), but always what the state of processes and descriptors follows from. Where a CPU's
 * events pause, a `drop` enter event with the ratio says so; where they come again, a `drop` exit event. `ratio`: a power
 * of two up to SCAP_SAMPLING_MAX; 1 = leave out only the noise; 0 = record everything (as at first). Any time.
 */
#define SCAP_SAMPLING_MAX 128
SCAP_API int scap_set_sampling(struct scap *scap, uint32_t ratio);
/* Throw away what is in the rings, and zero the counters. SCAP_ILLEGAL_INPUT while the capture runs. */
SCAP_API int scap_reset(struct scap *scap);

/* Counted by the driver and the kernel; never by subtraction. */
struct scap_stats {
	uint64_t seen; /* events that a filler began to record: pushed + every lost_* below */
	uint64_t pushed; /* events put in a ring */
	uint64_t lost_ring; /* ring full */
	uint64_t lost_scratch; /* larger than the scratch buffer or 64 KiB */
	uint64_t lost_recursion; /* hook runs that the kernel skipped (recursion_misses); what they would have recorded
	                            is unknown, so this is not part of `seen` */
	uint64_t lost_bug; /* a filler broke a rule; nonzero is a defect of the driver */
	uint64_t read; /* events returned to the reader */
	uint64_t late; /* of these, returned after one with a higher ts: the driver was slower than the merge waits */
};
/* May be called at any time; the counters belong together after scap_stop(). SCAP_NOT_SUPPORTED on files. */
SCAP_API int scap_get_stats(struct scap *scap, struct scap_stats *out);

/* What full rings lost, by kind of event: together they are scap_stats.lost_ring. The kinds are those of the existing tools'
 * counters; which events they are stands in drivers/schema/losses.yaml. */
struct scap_losses {
	uint64_t clone_fork_exit;
	uint64_t execve_exit;
	uint64_t connect_enter, connect_exit;
	uint64_t open_enter, open_exit;
	uint64_t dir_file_exit; /* directories and files are made, linked, renamed, removed, mounted, given rights; dup */
	uint64_t other_interest_exit; /* bpf, ptrace, setns, unshare, capset, … */
	uint64_t close_exit;
	uint64_t proc_exit;
	uint64_t other;
};
/* As scap_get_stats(). */
SCAP_API int scap_get_losses(struct scap *scap, struct scap_losses *out);

enum scap_metric_flags {
	SCAP_METRICS_KERNEL = 1, /* the driver's counters */
	SCAP_METRICS_PROGRAMS = 2, /* modern_bpf: runs of each hook program; 0 unless sysctl kernel.bpf_stats_enabled is 1 */
	SCAP_METRICS_PER_CPU = 128, /* the driver's counters, and those of each CPU */
};

/*
 * A counter by the name that dashboards know it by:
 * - n_evts = scap_stats.seen; n_drops = what of these is not in a ring; n_drops_buffer_total = lost_ring, and
 *   n_drops_buffer_KIND with the kinds of struct scap_losses; n_drops_scratch_map, n_drops_bug; n_preemptions = lost_recursion;
 * - n_evts_cpu_N and n_drops_cpu_N of CPU N; with kmod n_evts_dev_N and n_drops_dev_N;
 * - PROGRAM.run_cnt, PROGRAM.run_time_ns and PROGRAM.avg_time_ns.
 * All but averages only grow until scap_reset(); those of programs do not begin again then.
 */
struct scap_metric {
	char name[112];
	uint64_t value;
	uint32_t flags; /* the one of enum scap_metric_flags that asked for it */
	uint32_t reserved;
};
/* Those of all `flags`. The array is valid until the next call of this function. *out is NULL if *count is 0. As
 * scap_get_stats(). */
SCAP_API int scap_get_metrics(struct scap *scap, uint32_t flags, const struct scap_metric **out, size_t *count);

/* What was loaded. */
struct scap_driver_info {
	char engine[16];
	char attach[16]; /* "raw_tp", "tp", "tp_btf", "module" */
	char sha256[65]; /* of the BPF object or of the module file */
	uint32_t rings;
	uint32_t reserved;
	uint64_t ring_bytes;
	uint64_t api_version; /* major<<44 | minor<<24 | patch */
	uint64_t schema_version;
	uint64_t verified_insns; /* modern_bpf: sum over programs; 0 if the kernel does not tell */
	uint64_t load_ns;
	char btf[16]; /* modern_bpf: where the layout of kernel structures came from: "kernel" or "file" */
};
/* SCAP_NOT_SUPPORTED on files. */
SCAP_API int scap_get_driver_info(struct scap *scap, struct scap_driver_info *out);

/* ---- write ---- */

enum scap_writer_flags {
	SCAP_WRITE_GZIP = 1,
	SCAP_WRITE_BIG_ENDIAN = 2, /* integers of the file in that order; neither: in the order of this machine */
	SCAP_WRITE_LITTLE_ENDIAN = 4,
};

/*
 * A writer belongs to one thread at a time. What is written first is a section header; then, in this order and as far as
 * wanted, the machine's info, its lists, and the events. The first failure of the target (a full disk, a closed pipe)
 * stays: every later call repeats it. Arguments that are refused (SCAP_ILLEGAL_INPUT) leave the file as it was.
 * Blocks are written in their present versions, whatever a copied file had.
 */

/* Creates or truncates the file; "-" is standard output. */
SCAP_API int scap_writer_open_file(const char *path, uint32_t flags, struct scap_writer **out, struct scap_error *err);
/* An open descriptor: a file, pipe or socket. It is duplicated: the caller's stays open. Nothing is ever sought. */
SCAP_API int scap_writer_open_fd(int fd, uint32_t flags, struct scap_writer **out, struct scap_error *err);
/* Into memory that the writer owns: scap_writer_memory(). */
SCAP_API int scap_writer_open_memory(uint32_t flags, struct scap_writer **out, struct scap_error *err);

/* When a file is full. 0: no such limit. */
struct scap_rotation {
	uint32_t size; /* sizeof(struct scap_rotation) */
	uint32_t max_files; /* keep the newest so many files, remove older ones */
	uint64_t max_bytes; /* of the file on disk; with gzip, what the compressor still holds (up to 320 KiB) may come on top */
	uint64_t max_events;
	uint64_t max_ns; /* from the first event of the file, by the events' times */
};

/*
 * A series of files PATH.000001, PATH.000002, … Before an event that would go beyond a limit the file is finished and
 * the next one begun, with the section header, machine info and lists of the former one. A caller who knows the
 * state of the moment writes that instead: scap_writer_due(), scap_writer_rotate(), then info and lists.
 * SCAP_ILLEGAL_INPUT if there is no limit at all.
 */
SCAP_API int scap_writer_open_rotating(const char *path, uint32_t flags, const struct scap_rotation *rotation,
				       struct scap_writer **out, struct scap_error *err);
/* 1 if an event of `size` bytes (scap_event.len) at that time would go to a new file, else 0. */
SCAP_API int scap_writer_due(const struct scap_writer *writer, uint64_t ts_ns, uint32_t size);
/* Finish the file and begin the next one, with nothing but its section header. SCAP_NOT_SUPPORTED if the writer was not
 * opened by scap_writer_open_rotating(). */
SCAP_API int scap_writer_rotate(struct scap_writer *writer);

/* Begin another section in the same file: machine info and lists may come again. Files are concatenated so. */
SCAP_API int scap_writer_section(struct scap_writer *writer);
/* SCAP_ILLEGAL_INPUT after the first event of the section. */
SCAP_API int scap_writer_machine_info(struct scap_writer *writer, const struct scap_machine_info *info);
/*
 * Interfaces, users and groups, threads, then fds: for each thread in the order of threads, also if it has none, then
 * those of threads that are not in the list. Empty lists are left out. Texts longer than readers in the field accept
 * are cut: 1024 bytes (args, env and cgroups 4096, names of fds and interfaces 1023, of users and groups 255).
 * SCAP_ILLEGAL_INPUT, and nothing written, if a text lies outside `texts`, an fd or interface is of no known type, or the
 * section has events already.
 */
SCAP_API int scap_writer_lists(struct scap_writer *writer, const struct scap_lists *lists);
/* One event. `cpu` and `flags` are stored beside it. SCAP_ILLEGAL_INPUT for a frame that contradicts itself, or a code that is not in
 * the event table. In the other byte order, parameters beyond the table are left out: nobody knows their types. */
SCAP_API int scap_writer_event(struct scap_writer *writer, const struct scap_event *event, uint16_t cpu, uint32_t flags);
/* All records of a batch as scap_next_batch() filled it. */
SCAP_API int scap_writer_batch(struct scap_writer *writer, const void *arena, size_t used);
/* What was written so far can be read by others (gzip: a full flush, which costs some compression). */
SCAP_API int scap_writer_flush(struct scap_writer *writer);
/* Memory writers: what has been written so far, complete as a file. Valid until the next write. */
SCAP_API int scap_writer_memory(struct scap_writer *writer, const void **data, size_t *size);

struct scap_writer_info {
	uint64_t bytes; /* of this file before compression */
	uint64_t events; /* of this file */
	uint64_t total_events;
	uint32_t files; /* begun so far */
	uint32_t reserved;
	const char *path; /* of this file; NULL for memory and descriptors. Valid until the next call */
};
SCAP_API int scap_writer_get_info(const struct scap_writer *writer, struct scap_writer_info *out);
/* The text of the last failure; "" if none. Valid until the next call. */
SCAP_API const char *scap_writer_last_error(const struct scap_writer *writer);
/* Flush and free. The status tells whether everything reached the file. NULL is allowed. */
SCAP_API int scap_writer_close(struct scap_writer *writer);

/* Facts of the running machine, for scap_writer_machine_info(): online CPUs, memory, largest pid, host name (that of the
 * environment's SCAP_HOSTNAME if it is set), boot time. SCAP_FAILURE without a readable /proc. */
SCAP_API int scap_local_machine_info(struct scap_machine_info *out, struct scap_error *err);

/* Version of this library's API, same packing as in scap_driver_info. */
SCAP_API uint64_t scap_api_version(void);

#ifdef __cplusplus
}
#endif
#endif
