import type {NonEmpty, Random} from './random.ts';

export type HostileText = string;

const ESC = '\u001b';
const BEL = '\u0007';
const LONG = 5_000;

/** TABLE of text that does something to a terminal, or to a program, that prints it as it comes. */
export const hostileTexts: NonEmpty<HostileText> = [
  // Colour that stays on, and a screen that is cleared.
  `${ESC}[31;5mred${ESC}[2J${ESC}[H`,
  // Cursor moves that write over other rows; the other screen; a hidden cursor.
  `${ESC}[10A${ESC}[1000DFAKE running${ESC}[?1049l${ESC}[?25l`,
  // Window title, clipboard (base64 of "rm -rf ~"), hyperlink.
  `${ESC}]0;owned${BEL}title`,
  `${ESC}]52;c;cm0gLXJmIH4=${BEL}copied`,
  `${ESC}]8;;https://evil.invalid/${ESC}\\click${ESC}]8;;${ESC}\\`,
  // Questions to the terminal, whose answers arrive as keys; a device control string left open.
  `${ESC}[6n${ESC}[c${ESC}Z`,
  `${ESC}P+q544e`,
  // The same introducers as single C1 characters.
  '\u009b31m\u009d0;owned\u009c\u0090q',
  // Line ends, tab, backspace, bell, NUL, delete.
  `one\r\ntwo\u000bthree\tfour\b\b${BEL}\u0000\u007f`,
  // Text that runs backwards, and isolates left open.
  'us-\u202etsae\u202c \u2066\u2067\u2068gnp.exe',
  // Zero-width, invisible fillers, tag characters, soft hyphens.
  'py\u200bth\u200con\u2060\ufeff\u00ad\u3164\u{e0041}\u{e0042}',
  // A tower of combining marks; a mark with nothing to stand on.
  `\u0301z${'\u0300\u0316\u035c'.repeat(40)}algo`,
  // Wide characters, joined emoji, a flag cut in half.
  'サンドボックス 👩‍👩‍👧‍👦🇩 한국어',
  // Halves of a surrogate pair, line and paragraph separators, a noncharacter, private use.
  '\ud83d x \udc00\u2028\u2029\uffff\ue000',
  // Other languages' syntax.
  '"; DROP TABLE sandboxes; -- $(reboot) `id` {{7*7}} %s%n <b> ../../etc/passwd',
  '__proto__',
  // Nothing at all, and only blanks.
  '',
  '   ',
  // Very long, without and with a place to break.
  'A'.repeat(LONG),
  `long ${'w '.repeat(LONG / 2)}${ESC}[0m`,
];

/** Hostile text inside a word, so that equal ones are rare. */
export function hostileWord(random: Random): string {
  return `${random.text(3)}${random.pick(hostileTexts)}${random.text(3)}`;
}
