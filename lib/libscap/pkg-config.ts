/** libscap as other programs find it: header, libraries and `libscap.pc`, below one prefix. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";
import { thirdParty, thirdPartyArchives } from "../third-party/build.ts";
import { libscapShared, libscapStatic } from "./build.ts";

const header = "lib/libscap/include/scap.h";
const template = "lib/libscap/libscap.pc.in";

/** "1.0.0", as scap.h says. */
export function apiVersion(): string {
  const text = readFileSync(`${root}/${header}`, "utf8");
  const part = (name: string) => new RegExp(`#define SCAP_API_${name}\\s+(\\d+)`).exec(text)![1];
  return [part("MAJOR"), part("MINOR"), part("PATCH")].join(".");
}

/** Where it is installed: `build/<arch>/prefix`, with include, lib and lib/pkgconfig. */
export const prefixOf = (arch: Arch) => buildPath(arch, "prefix");

/** The libraries that libscap.a needs go beside it, under names that say whose they are. */
function installArchives(arch: Arch, lib: string): string {
  return thirdPartyArchives(arch)
    .map((archive) => {
      const name = archive.replace(/.*\/lib(.*)\.a$/, "scap-$1");
      cpSync(archive, `${lib}/lib${name}.a`);
      return `-l${name}`;
    })
    .join(" ");
}

export function installedLibscap(arch: Arch): Step {
  const shared = libscapShared(arch);
  const archive = libscapStatic(arch);
  const prefix = prefixOf(arch);
  const lib = `${prefix}/lib`;
  const pc = `${lib}/pkgconfig/libscap.pc`;
  return {
    name: `libscap-prefix-${arch}`,
    inputs: [header, template, "lib/libscap/pkg-config.ts"],
    needs: [shared, archive, ...thirdParty(arch)],
    outputs: [pc],
    run() {
      rmSync(prefix, { recursive: true, force: true });
      for (const dir of [`${prefix}/include`, `${lib}/pkgconfig`]) mkdirSync(dir, { recursive: true });
      cpSync(`${root}/${header}`, `${prefix}/include/scap.h`);
      cpSync(shared.outputs[0]!, `${lib}/libscap.so.1`);
      symlinkSync("libscap.so.1", `${lib}/libscap.so`);
      cpSync(archive.outputs[0]!, `${lib}/libscap.a`);
      const values: Readonly<Record<string, string>> = {
        prefix,
        libdir: `\${prefix}/lib`,
        includedir: `\${prefix}/include`,
        version: apiVersion(),
        private: installArchives(arch, lib),
      };
      const text = readFileSync(`${root}/${template}`, "utf8");
      writeFileSync(
        pc,
        text.replace(/@(\w+)@/g, (_, name: string) => values[name]!),
      );
    },
  };
}
