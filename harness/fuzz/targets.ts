/** What is fuzzed: C functions that take bytes from outside. */

import { schemaStep } from "../../drivers/schema/build.ts";
import type { Step } from "../build/step.ts";

export interface FuzzTarget {
  readonly name: string;
  /** What is promised of it, for `fuzz --help`. */
  readonly about: string;
  /** Has LLVMFuzzerTestOneInput(). */
  readonly source: string;
  /** Besides libscap, for those that need it. */
  readonly others: readonly string[];
  readonly libscap: boolean;
  readonly needs: readonly Step[];
  /** Inputs are at most that long. */
  readonly maxLength: number;
}

const agent = (...names: string[]) => names.map((name) => `harness/agent/${name}.c`);

export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: "reader",
    about: "capture files, plain and gzip",
    source: "lib/libscap/fuzz/reader.c",
    others: ["lib/libscap/fuzz/mend.c", "lib/libscap/fuzz/mutator.c"],
    libscap: true,
    needs: [schemaStep],
    maxLength: 8192,
  },
  {
    name: "convert",
    about: "sequences of old events",
    source: "lib/libscap/fuzz/convert.c",
    others: [],
    libscap: true,
    needs: [schemaStep],
    maxLength: 2048,
  },
  {
    name: "event",
    about: "one event of either format and byte order",
    source: "lib/libscap/fuzz/event.c",
    others: [],
    libscap: true,
    needs: [schemaStep],
    maxLength: 1024,
  },
  {
    name: "os-text",
    about: "files of /proc and /etc",
    source: "lib/libscap/fuzz/os_text.c",
    others: [],
    libscap: true,
    needs: [schemaStep],
    maxLength: 1024,
  },
  {
    name: "iterators",
    about: "records of the kernel's tasks and open files",
    source: "lib/libscap/fuzz/iterators.c",
    others: [],
    libscap: true,
    needs: [schemaStep],
    maxLength: 4096,
  },
  {
    name: "agent",
    about: "requests to the agent, and the programs in them",
    source: "harness/agent/fuzz/protocol.c",
    others: agent("bytes", "frames", "requests", "program", "program_check"),
    libscap: false,
    needs: [],
    maxLength: 4096,
  },
];
