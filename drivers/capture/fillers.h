/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Every filler, in one place. A backend defines FILLER(name) and its vocabulary, then includes this file
 * once. */
#ifndef CAPTURE_FILLERS_H
#define CAPTURE_FILLERS_H

#include "user.h"
#include "shapes.h"
#include "fs_open.h"
#include "fs_names.h"
#include "fs_attributes.h"
#include "fs_mount.h"
#include "fs_quota.h"
#include "fd_io.h"
#include "fd_table.h"
#include "fd_make.h"
#include "wait.h"
#include "io_uring.h"
#include "net_connect.h"
#include "net_message.h"
#include "net_option.h"
#include "memory.h"
#include "process.h"
#include "ids.h"
#include "proc_control.h"
#include "proc_limits.h"
#include "proc_ptrace.h"
#include "ipc_sem.h"
#include "keys.h"
#include "sys_code.h"

/* Not called through the table. */
#include "enter.h"
#include "hooks.h"

#endif
