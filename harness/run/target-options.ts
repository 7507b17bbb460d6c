/** What may be special about a target's guest, as part of its name: `x86_64/debian-6.12/modern_bpf+cpus=2+jit=off`. */
import * as v from "valibot";

const whole = (least: number, most: number, unit: string) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(least, `at least ${least}${unit}`),
    v.maxValue(most, `at most ${most}${unit}`),
  );

export const TargetOptions = v.strictObject({
  /** `off`: x86_64 takes no 32-bit calls (from Linux 6.7 on). */
  compat: v.optional(v.picklist(["on", "off"])),
  cpus: v.optional(whole(1, 16, "")),
  /** `off`: BPF programs are interpreted. */
  jit: v.optional(v.picklist(["on", "off"])),
  /** The kernel's lockdown mode. */
  lockdown: v.optional(v.picklist(["integrity", "confidentiality"])),
  /** MiB. */
  memory: v.optional(whole(128, 65536, " MiB")),
});
export type TargetOptions = v.InferOutput<typeof TargetOptions>;

type Key = keyof TargetOptions;
const keys = Object.keys(TargetOptions.entries) as Key[];
const defaults: TargetOptions = { compat: "on", cpus: 1, jit: "on" };

/** Undefined if everything is as usual. */
export function unusual(options: TargetOptions): TargetOptions | undefined {
  const kept = keys.filter((key) => options[key] !== undefined && options[key] !== defaults[key]);
  return kept.length > 0 ? Object.fromEntries(kept.map((key) => [key, options[key]])) : undefined;
}

/** `+cpus=2+jit=off`, in a fixed order: one target has one name. */
export function formatOptions(options: TargetOptions): string {
  return keys
    .filter((key) => options[key] !== undefined)
    .map((key) => `+${key}=${options[key]}`)
    .join("");
}

/** Reads `cpus=2`, `jit=off` … @throws if one is unknown or its value impossible */
export function parseOptions(words: readonly string[]): TargetOptions | undefined {
  const values = Object.fromEntries(
    words.map((word) => {
      const [key = "", value = ""] = word.split("=", 2);
      return [key, /^\d+$/.test(value) ? Number(value) : value];
    }),
  );
  const parsed = v.safeParse(TargetOptions, values);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const key = String(issue.path?.[0]?.key ?? "?");
    throw new Error(
      keys.includes(key as Key)
        ? `option ${key}: ${issue.message}`
        : `option "${key}" is none of ${keys.join(", ")}`,
    );
  }
  return unusual(parsed.output);
}
