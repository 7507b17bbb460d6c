/** A Debian archive on loopback, signed with a throwaway key, that can be made to misbehave. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { $ } from "zx";
import { fileHash } from "../../harness/build/file-hash.ts";
import type { Mirror } from "../debian/mirror.ts";
import { buildDeb, type FakePackage } from "./deb.ts";
import { makeSigningKey, type SigningKey } from "./gpg.ts";

export class FakeArchive implements AsyncDisposable {
  /** Requests so far: path and Range header. */
  readonly requests: { path: string; range: string | null }[] = [];
  /** Paths that answer 404. */
  readonly missing = new Set<string>();
  /** Paths that answer with other bytes. */
  readonly replaced = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Paths whose transfer breaks off after so many bytes. */
  readonly cut = new Map<string, number>();
  readonly #server: Bun.TCPSocketListener<{ text: string }>;

  private constructor(
    readonly directory: string,
    readonly key: SigningKey,
  ) {
    this.#server = serveFiles((path, range) => {
      this.requests.push({ path, range });
      return this.#answer(path);
    });
  }

  static async create(): Promise<FakeArchive> {
    const directory = mkdtempSync(join(tmpdir(), "arc-"));
    const home = join(directory, "gpg");
    mkdirSync(home, { mode: 0o700 });
    return new FakeArchive(directory, await makeSigningKey(home));
  }

  get mirror(): Mirror {
    const main = `http://127.0.0.1:${this.#server.port}/debian`;
    return { main, security: `${main}-security`, keyring: this.key.keyring, checkValidUntil: true };
  }

  /**
   * Fills a suite with these packages and no others.
   * @param extra further lines of the Release file
   * @param name what the suite's directory is called
   */
  async publish(suite: string, packages: readonly FakePackage[], extra = "", name = suite): Promise<void> {
    const suiteRoot = join(this.directory, "debian/dists", name);
    const byArchitecture = Map.groupBy(packages, ({ architecture = "amd64" }) => architecture);
    const lines = [];
    for (const [architecture, entries] of byArchitecture)
      lines.push(await this.#writeList(suiteRoot, `main/binary-${architecture}`, entries));
    const release = join(suiteRoot, "Release");
    writeFileSync(release, `Codename: ${suite}\n${extra}SHA256:\n${lines.join("\n")}\n`);
    await this.key.clearSign(release, join(suiteRoot, "InRelease"));
  }

  /** @returns its line in the Release file */
  async #writeList(suiteRoot: string, path: string, packages: readonly FakePackage[]): Promise<string> {
    const pool = join(this.directory, "debian/pool");
    mkdirSync(pool, { recursive: true });
    mkdirSync(join(suiteRoot, path), { recursive: true });
    const stanzas = [];
    for (const entry of packages) stanzas.push(await stanza(await buildDeb(entry, pool)));
    const list = join(suiteRoot, path, "Packages");
    writeFileSync(list, stanzas.join("\n"));
    await $({ quiet: true })`xz -f ${list}`;
    return ` ${await fileHash(`${list}.xz`)} ${statSync(`${list}.xz`).size} ${path}/Packages.xz`;
  }

  /** Alters a file of the archive as text, or removes it. */
  edit(path: string, change: (text: string) => string): void {
    const file = join(this.directory, "debian", path);
    writeFileSync(`${file}.new`, change(readFileSync(file, "utf8")));
    renameSync(`${file}.new`, file);
  }

  #answer(path: string): { body: Uint8Array; cutAt: number | undefined } | undefined {
    if (this.missing.has(path)) return undefined;
    const file = join(this.directory, path);
    const body = this.replaced.get(path) ?? (exists(file) ? readFileSync(file) : undefined);
    return body && { body, cutAt: this.cut.get(path) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.stop(true);
    await $({ nothrow: true, quiet: true })`gpgconf --homedir ${join(this.directory, "gpg")} --kill all`;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const exists = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

async function stanza(deb: string): Promise<string> {
  const control = (await $({ quiet: true })`dpkg-deb --field ${deb}`).stdout.trimEnd();
  const size = statSync(deb).size;
  return `${control}\nFilename: pool/${basename(deb)}\nSize: ${size}\nSHA256: ${await fileHash(deb)}\n`;
}

type Answer = (
  path: string,
  range: string | null,
) => { body: Uint8Array; cutAt: number | undefined } | undefined;

/** HTTP over a plain socket: a web server would not let a body break off. */
function serveFiles(answer: Answer): Bun.TCPSocketListener<{ text: string }> {
  return Bun.listen<{ text: string }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { text: "" };
      },
      data(socket, bytes) {
        socket.data.text += Buffer.from(bytes).toString("latin1");
        const [request] = socket.data.text.split("\r\n\r\n");
        if (request === socket.data.text) return;
        socket.data.text = "";
        const path = decodeURIComponent(/^GET (\S+)/.exec(request!)?.[1] ?? "");
        const range = /^Range: (.*)$/im.exec(request!)?.[1] ?? null;
        const found = answer(path, range);
        socket.write(found ? response(found.body, range).subarray(0, found.cutAt) : notFound);
        socket.end();
      },
    },
  });
}

const notFound = Buffer.from("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
const lastModified = "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";

function response(body: Uint8Array, range: string | null): Buffer {
  const from = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
  const status = from > 0 ? "206 Partial Content" : "200 OK";
  const head = [
    `HTTP/1.1 ${status}`,
    lastModified,
    `Content-Length: ${body.length - from}`,
    ...(from > 0 ? [`Content-Range: bytes ${from}-${body.length - 1}/${body.length}`] : []),
    "Connection: close",
    "\r\n",
  ];
  return Buffer.concat([Buffer.from(head.join("\r\n")), body.subarray(from)]);
}
