/**
 * Short options of a command line, as getopt(3) reads them, from its first argument on. `--word` is skipped; `--` and the
 * first argument that is no option end it. An option that is not among `options` is "?", a missing argument is "".
 *
 * @param options letters; `:` behind one that takes an argument, `::` behind one that may have one attached
 * @param letter asks for one option only
 * @returns option, its argument if it takes one, next option … ; or the last argument of the option `letter` (the letter
 *   itself if it takes none), null if it is not there
 */
export function getopt(argv: readonly string[], options: string, letter?: string): string[] | string | null {
  const found: string[] = [];
  let last: string | null = null;
  const add = (option: string, argument?: string) => {
    found.push(option);
    if (argument !== undefined) found.push(argument);
    if (option === letter) last = argument ?? option;
  };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === "--" || word === "-" || !word.startsWith("-")) break;
    if (word.startsWith("--")) continue;
    for (let index = 1; index < word.length; index++) {
      const option = word[index]!;
      const place = option === ":" ? -1 : options.indexOf(option);
      if (place < 0) {
        add("?");
        continue;
      }
      if (options[place + 1] !== ":") {
        add(option);
        continue;
      }
      const attached = word.slice(index + 1);
      const optional = options[place + 2] === ":";
      add(option, attached || optional ? attached : (argv[++at] ?? ""));
      break;
    }
  }
  return letter === undefined ? found : last;
}
