/** Resources that run out on purpose. */
import { RLIMIT_NOFILE } from "../../../harness/program/constants.ts";
import type { BlockBuilder } from "../../../harness/program/index.ts";

/** From now on every call that makes a descriptor fails with EMFILE. */
export function noDescriptorsLeft(p: BlockBuilder): void {
  p.setrlimit(RLIMIT_NOFILE, p.struct("rlimit", { cur: 0, max: 4096 }));
}
