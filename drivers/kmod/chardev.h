/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
#ifndef SCAPYARD_CHARDEV_H
#define SCAPYARD_CHARDEV_H

int chardev_register(void);
void chardev_unregister(void);

#endif
