import {sanitize} from '../terminal/text.ts';

/** What a sentence shows of a URL that was refused. */
const MOST_CELLS = 80;

type Refusal = {readonly isBroken: (url: URL) => boolean; readonly say: (shown: string) => string};

/** Looked at in this order: a URL with a password in it is never repeated. */
const refusals: readonly Refusal[] = [
  {
    isBroken: (url) => url.username !== '' || url.password !== '',
    say: () => 'the base URL carries a user name or password; give the key by HOPX_API_KEY or --api-key-file',
  },
  {
    isBroken: (url) => url.protocol !== 'https:' && url.protocol !== 'http:',
    say: (shown) => `the base URL must begin with https://, not ${shown}`,
  },
  {
    isBroken: (url) => url.protocol === 'http:' && !isLoopback(url),
    say: (shown) => `plain http is for this machine only; use https instead of ${shown}`,
  },
  {
    isBroken: (url) => url.search !== '' || url.hash !== '',
    say: (shown) => `the base URL must end with the host or a path, without ? or #: ${shown}`,
  },
];

/** The base URL of a control plane. Throws an Error whose message is one sentence for the user. */
export function parseOrigin(text: string): URL {
  const shown = sanitize(text.trim(), MOST_CELLS);
  if (!URL.canParse(text)) {
    // What cannot be parsed may hold a password all the same.
    const example = text.includes('@') ? '' : `: ${shown || 'it is empty'}`;
    throw new Error(`the base URL must look like https://api.hopx.dev${example}`);
  }
  const url = new URL(text);
  const refusal = refusals.find(({isBroken}) => isBroken(url));
  if (refusal) throw new Error(refusal.say(shown));
  return url;
}

/** Loopback by name or as a literal; URL has already normalized spellings like 0x7f.1. */
function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname);
}

/** The address of an endpoint; a path in the base URL stays in front of it. */
export function endpointUrl(origin: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(origin);
  url.pathname = `${origin.pathname.replace(/\/+$/, '')}${path}`;
  url.search = new URLSearchParams(query).toString();
  return url;
}
