// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>
#include "chardev.h"
#include "kernel_bits.h"
#include "tracepoints.h"

/* Whoever inserts the module may say which file it was; later openers report it as the driver's identity. */
static char *file_sha256 = "";
module_param(file_sha256, charp, 0444);
MODULE_PARM_DESC(file_sha256, "SHA-256 of the module file, in hex, as told by its loader");

static int __init scapyard_init(void)
{
	int err = tracepoints_find();

	if (!err)
		err = kernel_bits_find();
	return err ? err : chardev_register();
}

/* Only reached while nobody has the device open, so no hook is registered and no ring exists. */
static void __exit scapyard_exit(void)
{
	chardev_unregister();
}

module_init(scapyard_init);
module_exit(scapyard_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Syscall capture");
