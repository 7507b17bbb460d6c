/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Every filler, in one place. A backend defines FILLER(name) and its vocabulary, then includes this file once. */
#ifndef CAPTURE_FILLERS_H
#define CAPTURE_FILLERS_H

#include "fs_open.h"
#include "fd_io.h"

#endif
