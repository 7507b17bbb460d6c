/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faults.h"

static struct {
	bool counting;
	enum fault_kind kind;
	long calls, nth, allocations, descriptors;
	const char *what;
} faults;

void faults_begin(enum fault_kind kind, long nth)
{
	faults.counting = true;
	faults.kind = kind;
	faults.calls = 0;
	faults.nth = nth;
	faults.what = NULL;
}

long faults_end(void)
{
	faults.counting = false;
	return faults.calls;
}

void faults_pause(bool paused)
{
	faults.counting = !paused;
}

const char *faults_what(void)
{
	return faults.what;
}

long faults_allocations(void)
{
	return faults.allocations;
}

long faults_descriptors(void)
{
	return faults.descriptors;
}

static bool fails(enum fault_kind kind, const char *what, int error)
{
	if (!faults.counting || faults.kind != kind || ++faults.calls != faults.nth)
		return false;
	faults.what = what;
	errno = error;
	return true;
}

#define MEMORY(what) fails(FAULT_MEMORY, what, ENOMEM)
#define IO(what)     fails(FAULT_IO, what, EIO)

static void *allocated(void *pointer)
{
	faults.allocations += pointer != NULL;
	return pointer;
}

static int opened(int fd)
{
	faults.descriptors += fd >= 0;
	return fd;
}

/* What ld sends here, and what it would have called. */
#define WRAPPED(result, name, ...)                                                                           \
	result __real_##name(__VA_ARGS__);                                                                   \
	result __wrap_##name(__VA_ARGS__);                                                                   \
	result __wrap_##name(__VA_ARGS__)

WRAPPED(void *, malloc, size_t size)
{
	return MEMORY("malloc") ? NULL : allocated(__real_malloc(size));
}

WRAPPED(void *, calloc, size_t count, size_t size)
{
	return MEMORY("calloc") ? NULL : allocated(__real_calloc(count, size));
}

WRAPPED(void *, realloc, void *old, size_t size)
{
	void *moved = MEMORY("realloc") ? NULL : __real_realloc(old, size);

	faults.allocations += moved && !old;
	return moved;
}

WRAPPED(char *, strdup, const char *text)
{
	return MEMORY("strdup") ? NULL : allocated(__real_strdup(text));
}

WRAPPED(void, free, void *pointer)
{
	faults.allocations -= pointer != NULL;
	__real_free(pointer);
}

WRAPPED(ssize_t, read, int fd, void *to, size_t size)
{
	return IO("read") ? -1 : __real_read(fd, to, size);
}

WRAPPED(ssize_t, write, int fd, const void *from, size_t size)
{
	return IO("write") ? -1 : __real_write(fd, from, size);
}

/* A close that fails has closed all the same. */
WRAPPED(int, close, int fd)
{
	bool failing = IO("close");
	int status = __real_close(fd);

	faults.descriptors -= status == 0;
	return failing ? -1 : status;
}

WRAPPED(int, dup, int fd)
{
	return IO("dup") ? -1 : opened(__real_dup(fd));
}

WRAPPED(int, fstatat, int dir, const char *path, struct stat *to, int flags)
{
	return IO("fstatat") ? -1 : __real_fstatat(dir, path, to, flags);
}

WRAPPED(ssize_t, readlinkat, int dir, const char *path, char *to, size_t size)
{
	return IO("readlinkat") ? -1 : __real_readlinkat(dir, path, to, size);
}

WRAPPED(ssize_t, send, int fd, const void *from, size_t size, int flags)
{
	return IO("send") ? -1 : __real_send(fd, from, size, flags);
}

WRAPPED(ssize_t, recv, int fd, void *to, size_t size, int flags)
{
	return IO("recv") ? -1 : __real_recv(fd, to, size, flags);
}

WRAPPED(int, socket, int family, int type, int protocol)
{
	return IO("socket") ? -1 : opened(__real_socket(family, type, protocol));
}

/* These two own descriptors that nobody closes by close(). */
WRAPPED(DIR *, fdopendir, int fd)
{
	DIR *dir = MEMORY("fdopendir") || IO("fdopendir") ? NULL : __real_fdopendir(fd);

	faults.descriptors -= dir != NULL;
	return dir;
}

WRAPPED(FILE *, fopen, const char *path, const char *mode)
{
	return IO("fopen") ? NULL : __real_fopen(path, mode);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...);

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	int mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, int) : 0;
	va_end(args);
	return IO("open") ? -1 : opened(__real_open(path, flags, mode));
}

int __wrap_openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	int mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, int) : 0;
	va_end(args);
	return IO("openat") ? -1 : opened(__real_openat(dir, path, flags, mode));
}
