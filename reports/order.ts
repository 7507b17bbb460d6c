import { architectures } from "../harness/run/target.ts";
import { natural, plain } from "./natural.ts";
import { targetParts } from "./target-parts.ts";

/** Architectures as everywhere in scapyard, unknown ones last; of each its kernels from old to new. */
export function compareTargets(a: string, b: string): number {
  const [one, other] = [targetParts(a), targetParts(b)];
  return (
    compareArchs(one.arch, other.arch) ||
    natural(one.kernel, other.kernel) ||
    plain(one.driver, other.driver) ||
    plain(a, b)
  );
}

function archRank(arch: string): number {
  const rank = (architectures as readonly string[]).indexOf(arch);
  return rank < 0 ? architectures.length : rank;
}

export const compareArchs = (a: string, b: string): number => archRank(a) - archRank(b) || plain(a, b);
