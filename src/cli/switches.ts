import {type CliError, usageError} from './exit.ts';
import type {Flag} from './options.ts';

/** `apiKeyFile` as it is typed: `api-key-file`. */
export const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const takesNoValue = ({name}: Flag): CliError =>
  usageError(`--${name} takes no value: write --${name}, or leave it out`);

/**
 * Refuses what the parser would take for "off" without a word: a switch with a value (`=yes`, or the word true or
 * false after it), and the negation of one. Whoever writes `--readonly=yes` must not get a session that can write.
 */
export function requirePlainSwitches(argv: readonly string[], flags: readonly Flag[]): void {
  const switches = flags.filter(({value}) => value === undefined);
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  for (const [index, word] of words.entries()) {
    const [, dashes = '', typed = '', sign] = /^(-+)([^=.]+)([=.]?)/.exec(word) ?? [];
    const name = dashed(typed);
    const flag = switches.find((each) => spellings(each, dashes === '-').includes(name));
    if (!flag) continue;
    if (sign !== '' || /^(?:true|false)$/.test(words[index + 1] ?? '')) throw takesNoValue(flag);
    if (name === `no-${flag.name}`) throw usageError(`there is no --${name}: leave --${flag.name} out`);
  }
}

/** `--color` takes `--no-color` back; of every other switch `--no-NAME` would. */
function spellings({name, short}: Flag, isShort: boolean): readonly (string | undefined)[] {
  return isShort ? [short] : [name, `no-${name}`, name.replace(/^no-/, '')];
}
