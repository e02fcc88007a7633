import {hasKeyPrefix, isSurelyKey, looksLikeKey, shown} from './keyLike.ts';

/** Where the control plane is unless somebody says otherwise: docs.hopx.ai, control plane overview. */
export const DEFAULT_ORIGIN = 'https://api.hopx.dev';

/** What a sentence shows of a URL that was refused. */
const MOST_CELLS = 80;

type Refusal = {readonly isBroken: (url: URL) => boolean; readonly say: (where: string) => string};

/** `where` is the URL without what may hold a secret: user name, password, query and fragment are never repeated. */
const refusals: readonly Refusal[] = [
  {
    isBroken: (url) => url.username !== '' || url.password !== '',
    say: () => 'the base URL carries a user name or password; give the key by HOPX_API_KEY or --api-key-file',
  },
  {
    isBroken: (url) => hasKeyPrefix(url.hostname) || url.pathname.split('/').some(isSurelyKey),
    say: () => 'the base URL holds what looks like a key; give the key by HOPX_API_KEY or --api-key-file',
  },
  {
    isBroken: (url) => url.protocol !== 'https:' && url.protocol !== 'http:',
    say: (where) => `the base URL must begin with https://, not ${where}`,
  },
  {
    isBroken: (url) => url.protocol === 'http:' && !isLoopback(url),
    say: (where) => `plain http is for this machine only; use https instead of ${where}`,
  },
  {
    isBroken: (url) => url.search !== '' || url.hash !== '',
    say: (where) => `the base URL must end with the host or a path, without ? or #: ${where}`,
  },
];

/** The base URL of a control plane. Throws an Error whose message is one sentence for the user, without a secret. */
export function parseOrigin(text: string): URL {
  if (!URL.canParse(text)) throw new Error(`the base URL must look like ${DEFAULT_ORIGIN}${exampleOf(text.trim())}`);
  const url = new URL(text);
  const refusal = refusals.find(({isBroken}) => isBroken(url));
  if (refusal) throw new Error(refusal.say(placeOf(url)));
  return url;
}

/** What cannot be parsed may hold a password all the same, or be a key that was put in the wrong place. */
function exampleOf(text: string): string {
  if (text === '') return ': it is empty';
  if (text.includes('@')) return '';
  if (text.split(/[^\w.=-]/).some(looksLikeKey))
    return ', and this looks like a key: that is for HOPX_API_KEY or --api-key-file';
  return `: ${shown(text.replace(/[?#].*$/s, ''), MOST_CELLS)}`;
}

/** Without `//` everything after the scheme is path, and may hold a password. */
function placeOf({protocol, host, pathname}: URL): string {
  if (host !== '') return shown(`${protocol}//${host}${pathname === '/' ? '' : pathname}`, MOST_CELLS);
  return shown(pathname.includes('@') ? protocol : `${protocol}${pathname}`, MOST_CELLS);
}

/** Loopback by name or as a literal; URL has already normalized spellings like 0x7f.1. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname);
}

/** The address of an endpoint; a path in the base URL stays in front of it. */
export function endpointUrl(origin: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(origin);
  url.pathname = `${origin.pathname.replace(/\/+$/, '')}${path}`;
  url.search = new URLSearchParams(query).toString();
  return url;
}
