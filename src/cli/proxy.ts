import {usageError} from './exit.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The first that is set, and not empty, counts: in lower case before capitals, as curl has it. */
const variables: Readonly<Record<string, readonly string[]>> = {
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
};

/**
 * The proxy on the way to `origin` that the environment asks for; none to this machine, and none where NO_PROXY says so.
 * Throws a CliError that says what to do when it cannot be used.
 */
export function proxyFor(origin: URL, env: Environment): URL | undefined {
  const name = variables[origin.protocol]?.find((each) => env[each]);
  const value = name === undefined ? undefined : env[name];
  if (name === undefined || value === undefined || isLoopback(origin) || isExcepted(origin, env)) return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  // The value may hold a password, so it is not said.
  if (!proxy || !['http:', 'https:'].includes(proxy.protocol) || !isSpelledRight(proxy)) {
    throw usageError(`${name} is not the address of an HTTP proxy: write http://HOST:PORT, or unset it`);
  }
  return proxy;
}

/** A `%` of a password stands as `%25`. */
function isSpelledRight({username, password}: URL): boolean {
  try {
    return [username, password].map(decodeURIComponent).length > 0;
  } catch {
    return false;
  }
}

const isLoopback = ({hostname}: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** `host`, `.host` and `*.host` mean it and what is below it, `host:port` only that port, `*` everything. */
function isExcepted({hostname, port, protocol}: URL, env: Environment): boolean {
  const entries = (env.no_proxy || env.NO_PROXY || '').toLowerCase().split(/[\s,]+/);
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return entries.some((entry) => {
    // An IPv6 address has colons of its own.
    const [, name = '', entryPort] = /^\*?\.?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? ['', `[${entry}]`];
    if (entryPort !== undefined && entryPort !== ownPort) return false;
    if (name === '') return entry.startsWith('*');
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}
