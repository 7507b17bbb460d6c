/** scap_schema.h: codes and constants for BPF, kernel and user space alike; so no includes. */
import type { Schema } from "../model/model.ts";
import { cDefine, cEnum, cHeader, cXMacro } from "./c.ts";

export function schemaHeader(schema: Schema): string {
  const events = schema.events.map(({ symbol, code }) => [`PPME_${symbol}`, code] as const);
  const syscalls = schema.syscalls.map(({ name, sc }) => [scName(name), sc] as const);
  const parts = [
    `#define SCAP_SCHEMA_VERSION "${schema.version}"`,
    ...schema.version
      .split(".")
      .map((part, i) => cDefine(`SCAP_SCHEMA_VERSION_${versionParts[i]}`, Number(part))),
    "\n/* Event codes: even = enter, odd = exit. */",
    cEnum("ppm_event_code", [...events, ["PPM_EVENT_MAX", schema.events.length]]),
    "\n/* System calls and tracepoints, the same number on every architecture. */",
    cEnum("ppm_sc_code", [["PPM_SC_UNKNOWN", 0], ...syscalls, ["PPM_SC_MAX", schema.syscalls.length + 1]]),
    "\n/* X(event code, number of parameters) */",
    cXMacro(
      "SCAP_NPARAMS",
      schema.events.map(({ symbol, params }) => `PPME_${symbol}, ${params.length}`),
    ),
    "\n/* Values inside events. */",
    ...Object.entries(schema.constants).map(([name, value]) => cDefine(name, value)),
  ];
  return cHeader("Event codes, syscall codes, PPM constants.", "SCAP_SCHEMA_H", parts.join("\n"));
}

const versionParts = ["MAJOR", "MINOR", "PATCH"];

export const scName = (name: string): string => `PPM_SC_${name.toUpperCase()}`;
