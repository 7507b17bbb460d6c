/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The shared half of a driver, above the backend's vocabulary and below the fillers. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "args.h"
#include "frame.h"
#include "walk.h"
#include "walk_socket.h"
#include "walk_ids.h"
#include "walk_task.h"
#include "sampling.h"
#include "dispatch.h"
#include "walk_path.h"
#include "walk_exe.h"
#include "io.h"
#include "net_addr.h"
#include "snaplen.h"

#endif
