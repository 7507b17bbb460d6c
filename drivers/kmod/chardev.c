// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* /dev/scapyard: for root, one open file at a time. An open file, or a mapping of it, keeps the module
 * loaded. */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>
#include "scap_schema.h"
#include "chardev.h"
#include "session.h"

static int device_open(struct inode *inode, struct file *file)
{
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = session_open();
	return err ? err : nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	session_close();
	return 0;
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	return session_mmap(vma);
}

static long ioctl_versions(void __user *arg)
{
	struct scapyard_versions versions = {
	    .device_abi = SCAPYARD_DEVICE_ABI,
	    .build_flags = IS_ENABLED(SCAPYARD_DEBUG) ? SCAPYARD_BUILD_DEBUG : 0,
	    .capture_api = CAPTURE_API_VERSION,
	    .schema = SCAPYARD_PACK_VERSION(SCAP_SCHEMA_VERSION_MAJOR, SCAP_SCHEMA_VERSION_MINOR,
					    SCAP_SCHEMA_VERSION_PATCH),
	};

	return copy_to_user(arg, &versions, sizeof(versions)) ? -EFAULT : 0;
}

static long ioctl_setup(void __user *arg)
{
	struct scapyard_setup setup;
	int err;

	if (copy_from_user(&setup, arg, sizeof(setup)))
		return -EFAULT;
	err = session_setup(&setup);
	if (err)
		return err;
	return copy_to_user(arg, &setup, sizeof(setup)) ? -EFAULT : 0;
}

static long ioctl_config(void __user *arg)
{
	struct capture_config config;

	if (copy_from_user(&config, arg, sizeof(config)))
		return -EFAULT;
	return session_configure(&config);
}

static long ioctl_counters(void __user *arg)
{
	struct scapyard_cpu_counters counters;
	int err;

	if (copy_from_user(&counters, arg, sizeof(counters)))
		return -EFAULT;
	err = session_counters(&counters);
	if (err)
		return err;
	return copy_to_user(arg, &counters, sizeof(counters)) ? -EFAULT : 0;
}

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long user)
{
	void __user *arg = (void __user *)user;

	switch (cmd) {
	case SCAPYARD_IOC_VERSIONS:
		return ioctl_versions(arg);
	case SCAPYARD_IOC_SETUP:
		return ioctl_setup(arg);
	case SCAPYARD_IOC_CONFIG:
		return ioctl_config(arg);
	case SCAPYARD_IOC_START:
		return session_start();
	case SCAPYARD_IOC_STOP:
		session_stop();
		return 0;
	case SCAPYARD_IOC_COUNTERS:
		return ioctl_counters(arg);
	case SCAPYARD_IOC_RESET:
		return session_reset();
	}
	return -ENOTTY;
}

static const struct file_operations device_fops = {
    .owner = THIS_MODULE, /* an open file pins the module: rmmod says "in use" */
    .open = device_open,
    .release = device_release,
    .mmap = device_mmap,
    .unlocked_ioctl = device_ioctl,
};

static struct miscdevice device = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = SCAPYARD_MODULE,
    .mode = 0600,
    .fops = &device_fops,
};

int chardev_register(void)
{
	return misc_register(&device);
}

void chardev_unregister(void)
{
	misc_deregister(&device);
}
