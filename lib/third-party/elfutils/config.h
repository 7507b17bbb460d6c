/* SPDX-License-Identifier: Apache-2.0 */
/* What elfutils' configure script would find out about Linux with a GNU compiler and C library. */
#define PACKAGE_NAME	       "elfutils"
#define HAVE_ERR_H	       1
#define HAVE_VISIBILITY	       1
#define HAVE_DECL_MEMPCPY      1
#define HAVE_DECL_MEMRCHR      1
#define HAVE_DECL_POWEROF2     1
#define HAVE_DECL_RAWMEMCHR    1
#define HAVE_DECL_REALLOCARRAY 1

#include <eu-config.h>
