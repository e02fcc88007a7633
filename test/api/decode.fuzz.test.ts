import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeSample} from '../../src/api/decodeMetrics.ts';
import {decodeSandboxNews} from '../../src/api/decodeNews.ts';
import {decodeTemplateNews} from '../../src/api/decodeTemplate.ts';
import type {SandboxNews} from '../../src/api/types.ts';

const keys = [
  ...['id', 'sandbox_id', 'status', 'region', 'resources', 'disk_mb', 'expires_at', 'data', 'sandbox', 'template'],
  ...['object', 'payload', 'items', 'type', 'event', 'cpu', 'system', 'memory', 'used', 'total', 'requests_total'],
  ...['__proto__', 'constructor', 'toString', 'name', 'updated_at', 'metrics'],
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'running',
    'deleted',
    'ping',
    '\u001b[2J',
    '2025-01-28T00:00:00Z',
  ),
  fc.double(),
  fc.string({unit: 'binary', maxLength: 12}),
);
const {tree} = fc.letrec<{tree: unknown}>((tie) => ({
  tree: fc.oneof(
    {maxDepth: 4, depthSize: 'small'},
    leaf,
    fc.array(tie('tree'), {maxLength: 4}),
    fc.dictionary(fc.constantFrom(...keys), tie('tree'), {maxKeys: 6}),
  ),
}));
const documented = JSON.stringify({
  type: 'sandbox.updated',
  sandbox: {id: 'a', status: 'running', resources: {vcpu: 2}, expires_at: '2025-01-28T00:00:00Z', region: 'eu'},
});
const whole = fc.oneof(
  tree.map((value) => JSON.stringify(value) ?? ''),
  fc.constant(documented),
  fc.string({unit: 'binary'}),
);
const name = fc.constantFrom('message', 'sandbox.updated', 'sandbox.deleted', 'ping', '\u001bx', 'snapshot');
const put = fc.constantFrom('', '"', '{', '[', ']', '}', ',', ':', '0', '\\', '\u009b', '\ud800', 'e9', 'null');

/** Making a message costs more than decoding it: each is decoded whole and with a change at 24 places. */
const CHANGES = 24;
const MESSAGES = 4000;

/** Every text in it, keys left out: those are ours. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

test('100,000 events decode to news without one exception or one control character', () => {
  const kinds = new Set<SandboxNews['kind']>();
  const decode = (event: string, text: string) => {
    const news = decodeSandboxNews(event, text);
    kinds.add(news.kind);
    const figures = Object.values(decodeSample(text, 1) ?? {}).filter((figure) => figure !== undefined);
    if (!figures.every(Number.isFinite)) throw new Error(`an infinite figure from ${text}`);
    return textsOf([news, decodeTemplateNews(text)]).join('');
  };
  fc.assert(
    fc.property(name, whole, put, (event, text, change) => {
      const texts = [decode(event, text)];
      for (let index = 0; index < CHANGES; index += 1) {
        const at = Math.floor((text.length * index) / CHANGES);
        texts.push(decode(event, text.slice(0, at) + change + text.slice(at + (index % 3))));
      }
      expect(texts.join('')).not.toMatch(/\p{Cc}/u);
    }),
    {numRuns: MESSAGES},
  );
  expect([...kinds].sort()).toEqual(['alive', 'batch', 'gone', 'hint', 'observed', 'snapshot', 'unread']);
}, 60_000);
