/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RE2 for users' patterns: POSIX syntax, whole-text matches. Flat C functions, because bun:ffi cannot call C++.
 * Nothing throws across the border: RE2 does not use exceptions, and running out of memory is fatal anyway.
 */
#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" {

/* A compiled pattern, or NULL with the reason in `error` (cut to `error_size`, NUL included). */
void *scapyard_re2_compile(const char *pattern, uint64_t length, char *error, uint64_t error_size)
{
	re2::RE2::Options options(re2::RE2::POSIX);
	options.set_log_errors(false);
	auto *re = new re2::RE2(re2::StringPiece(pattern, length), options);
	if (re->ok())
		return re;
	if (error_size > 0) {
		const std::string &reason = re->error();
		size_t n = reason.size() < error_size - 1 ? reason.size() : error_size - 1;
		memcpy(error, reason.data(), n);
		error[n] = '\0';
	}
	delete re;
	return nullptr;
}

int32_t scapyard_re2_full_match(const void *re, const char *text, uint64_t length)
{
	return re2::RE2::FullMatch(re2::StringPiece(text, length), *static_cast<const re2::RE2 *>(re));
}

void scapyard_re2_free(void *re)
{
	delete static_cast<re2::RE2 *>(re);
}
}
