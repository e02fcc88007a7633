import {sanitize} from '../terminal/text.ts';

/** Stands for what may be a key. */
export const HIDDEN = '[hidden: it looks like a key]';

/** `hopx_live_<id>.<secret>` (docs.hopx.ai, authentication); `sk_…` is how others begin theirs. */
const keyPrefix = /^(?:hopx|sk)_/i;

/** Two or more long parts of the letters of base64url, parted by dots: a key without a prefix, or a JWT. */
const dottedSecret = /^[\w=-]{8,}(?:\.[\w=-]{4,})*\.[\w=-]{20,}$/;

/** From here on a word with a key's prefix is a key rather than somebody's name for something. */
const SHORTEST_KEY = 16;

const bare = (text: string) => text.replace(/^[-\s"']+/, '').replace(/[\s"']+$/, '');

/** Whether it begins as keys do; no host name does. */
export const hasKeyPrefix = (text: string): boolean => keyPrefix.test(bare(text));

/** Whether somebody gave a key where a path, a name or an address belongs. */
export const looksLikeKey = (text: string): boolean => hasKeyPrefix(text) || dottedSecret.test(bare(text));

/** Whether a word of free text is a key beyond doubt: a template may be called `sk_learn`. */
export const isSurelyKey = (word: string): boolean => looksLikeKey(word) && bare(word).length >= SHORTEST_KEY;

/** Whether a word of somebody's record is a key: by how keys begin, since hosts too are long words parted by dots. */
export const isKeyLike = (word: string): boolean => hasKeyPrefix(word) && bare(word).length >= SHORTEST_KEY;

/** What somebody typed or set, for a sentence: sanitized, cut at `mostCells`, and hidden where it may be a key. */
export const shown = (text: string, mostCells = 60): string =>
  looksLikeKey(text) ? HIDDEN : sanitize(text, mostCells);
