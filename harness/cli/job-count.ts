import { availableParallelism } from "node:os";
import { UsageError } from "./command.ts";

/** The value of --jobs; one job per core without it. */
export function jobCount(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new UsageError(`--jobs takes a whole number from 1, not "${text}"`);
  return jobs;
}
