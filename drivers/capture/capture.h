/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The shared half of a driver, above the backend's vocabulary and below the fillers. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "frame.h"
#include "walk.h"
#include "io.h"
#include "dispatch.h"

#endif
