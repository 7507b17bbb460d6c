/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The protocol with the host: frames of u32 payload length, u16 type, u16 request id, payload; little endian.
 * The host asks, the agent answers with the same id and type | FRAME_REPLY, or with FRAME_ERROR
 * (u32 kind, u32 code, string). The agent keeps no state about its peer: any host may ask next.
 * The other side is harness/agent/client.ts.
 */
#ifndef AGENT_FRAMES_H
#define AGENT_FRAMES_H

#include <stdint.h>

#include "bytes.h"

#define PROTOCOL_VERSION 4
#define MAX_PAYLOAD	 (64u << 20)

enum frame_type {
	FRAME_HELLO = 1,
	FRAME_LOAD = 2,
	FRAME_UNLOAD = 3,
	FRAME_RUN = 4,
	FRAME_STATS = 5,
	FRAME_PUT_FILE = 6,
	FRAME_GET_FILE = 7,
	FRAME_STOP = 8,
	FRAME_PING = 9,
	FRAME_LOAD_TEST = 10,
	FRAME_METRICS = 11,
	FRAME_REPLY = 0x8000,
	FRAME_ERROR = 0xffff,
};

enum error_kind {
	ERROR_MALFORMED = 1, /* the payload is not what the type says */
	ERROR_REFUSED = 2,   /* unknown type, or not now */
	ERROR_FAILED = 3,    /* a system call of the agent failed; the code is its errno */
	ERROR_DRIVER = 4,    /* libscap: the code is an enum scap_status */
};

struct frame {
	uint16_t type;
	uint16_t id;
	uint32_t size;
	uint8_t *payload; /* allocated */
};

enum frame_status { FRAME_OK, FRAME_CLOSED, FRAME_TOO_LARGE, FRAME_NO_MEMORY };

/* A duplex stream. A port that nobody holds on the other side reads as closed for now: `patient` waits. */
struct channel {
	int in;
	int out;
	int patient;
};

/* Waits for a whole frame. */
enum frame_status frame_read(const struct channel *channel, struct frame *out);
int frame_write(const struct channel *channel, uint16_t type, uint16_t id, const void *payload,
		uint32_t size);

#endif
