/**
 * Arguments, environment, cgroups: strings that came packed, each ending with a NUL. Every new process has them and hardly
 * anybody looks at them, so they are taken apart when somebody does.
 */
export class Texts {
  /** The bytes as Latin-1 characters: one copy in memory, nothing decoded. */
  #packed: string;
  #list: readonly string[] | null;

  private constructor(packed: string, list: readonly string[] | null) {
    this.#packed = packed;
    this.#list = list;
  }

  static readonly none = new Texts("", []);

  /** @param bytes Latin-1 characters, without the NUL that ends the last string */
  static packed(bytes: string): Texts {
    return new Texts(bytes, null);
  }

  static of(list: readonly string[]): Texts {
    return new Texts("", list);
  }

  get list(): readonly string[] {
    if (!this.#list) {
      this.#list = Buffer.from(this.#packed, "latin1").toString("utf8").split("\0");
      this.#packed = "";
    }
    return this.#list;
  }
}
