/* SPDX-License-Identifier: Apache-2.0 */
/* The two files of libscap that compare a driver's versions with its own, with variables in place of these.
 */
#include "../../../../drivers/bpf/shared.h"
#include "../../../../drivers/kmod/device_abi.h"
#include "other_versions.h"
#include "scap_schema.h"

struct library_versions library_versions = {SCAPYARD_DEVICE_ABI, CAPTURE_API_VERSION,
					    SCAP_SCHEMA_VERSION_MAJOR, SCAP_SCHEMA_VERSION_MINOR};

#undef SCAPYARD_DEVICE_ABI
#undef CAPTURE_API_VERSION
#undef SCAP_SCHEMA_VERSION_MAJOR
#undef SCAP_SCHEMA_VERSION_MINOR
#define SCAPYARD_DEVICE_ABI	  library_versions.device_abi
#define CAPTURE_API_VERSION	  library_versions.capture_api
#define SCAP_SCHEMA_VERSION_MAJOR library_versions.schema_major
#define SCAP_SCHEMA_VERSION_MINOR library_versions.schema_minor

#include "../../src/engine_kmod_module.c"
#undef LIBRARY_SCHEMA
#include "../../src/bpf_versions.c"
