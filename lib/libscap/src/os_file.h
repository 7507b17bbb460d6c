/* SPDX-License-Identifier: Apache-2.0 */
/* Small files of /proc and /etc, read whole. */
#ifndef SCAP_OS_FILE_H
#define SCAP_OS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Open below a directory. -1 with errno. */
int os_open(int dir, const char *path);
int os_open_dir(int dir, const char *path);

/* Up to room-1 bytes of a file, and a NUL behind them. The number of bytes, or -1 with errno. */
ssize_t os_read(int dir, const char *path, char *to, size_t room);

/* The target of a link, and a NUL. Its length, or -1 with errno. */
ssize_t os_link(int dir, const char *path, char *to, size_t room);

/* A buffer that grows with what is read. All 0 at the beginning; free(data) at the end. */
struct os_buffer {
	char *data;
	size_t size, capacity;
};

/* All of a file, at most `max` bytes (what is beyond is left out), and a NUL. False with errno. */
bool os_read_all(int dir, const char *path, struct os_buffer *buffer, size_t max);

#endif
