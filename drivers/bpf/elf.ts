/** The programs in a BPF object: functions with their instructions, as far as tests look at them. */
import { readFileSync } from "node:fs";

/** One instruction of 8 bytes; `code` 0 is the second half of a 16-byte load. */
export interface Instruction {
  readonly code: number;
  /** Jumps: instructions to skip, counted from the next one. */
  readonly offset: number;
}

export interface Program {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

const STT_FUNC = 2;
const SHT_SYMTAB = 2;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** @param path a little-endian ELF64 relocatable object */
export function readPrograms(path: string): Program[] {
  const file = readFileSync(path);
  const sections = readSections(file);
  const symbols = sections.find(({ type }) => type === SHT_SYMTAB);
  if (!symbols) throw new Error(`${path} has no symbol table`);
  const names = sections[symbols.link];
  const programs: Program[] = [];
  for (let at = symbols.offset; at < symbols.offset + symbols.size; at += 24) {
    const section = sections[file.readUInt16LE(at + 6)];
    const size = Number(file.readBigUInt64LE(at + 16));
    if ((file.readUInt8(at + 4) & 15) !== STT_FUNC || !section || !names || size === 0) continue;
    const nameAt = names.offset + file.readUInt32LE(at);
    const start = section.offset + Number(file.readBigUInt64LE(at + 8));
    programs.push({
      name: file.toString("latin1", nameAt, file.indexOf(0, nameAt)),
      instructions: readInstructions(file.subarray(start, start + size)),
    });
  }
  return programs;
}

function readSections(file: Buffer): Section[] {
  const table = Number(file.readBigUInt64LE(40));
  return Array.from({ length: file.readUInt16LE(60) }, (_, i) => {
    const at = table + 64 * i;
    return {
      type: file.readUInt32LE(at + 4),
      offset: Number(file.readBigUInt64LE(at + 24)),
      size: Number(file.readBigUInt64LE(at + 32)),
      link: file.readUInt32LE(at + 40),
    };
  });
}

function readInstructions(code: Buffer): Instruction[] {
  return Array.from({ length: code.length / 8 }, (_, i) => ({
    code: code.readUInt8(8 * i),
    offset: code.readInt16LE(8 * i + 2),
  }));
}
