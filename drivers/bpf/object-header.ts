/** A C header that carries an object as bpftool's skeletons do, for objects that bpftool cannot read. */

const bytesPerLine = 32;

/** @param name prefix of the function `<name>__elf_bytes(size_t *size)`, which gives the object's bytes */
export function objectHeader(name: string, object: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < object.length; at += bytesPerLine)
    lines.push(`\t${object.subarray(at, at + bytesPerLine).join(",")},`);
  const guard = `${name.toUpperCase()}_SKEL_H`;
  return `/* Generated. */
#ifndef ${guard}
#define ${guard}

#include <stddef.h>

static inline const void *${name}__elf_bytes(size_t *size)
{
\tstatic const unsigned char bytes[] __attribute__((aligned(8))) = {
${lines.join("\n")}
\t};

\t*size = sizeof(bytes);
\treturn bytes;
}

#endif
`;
}
