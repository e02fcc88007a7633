import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeBuildStarted, decodeBuildStatus, decodeLogChunk, decodeLogMessage} from '../../src/api/decodeBuild.ts';
import {parseJson} from '../../src/api/json.ts';

const keys = [
  ...['build_id', 'template_id', 'status', 'progress', 'current_step', 'started_at', 'error_message', 'logs', 'offset'],
  ...[
    'complete',
    'level',
    'message',
    'timestamp',
    'data',
    'template',
    '__proto__',
    'build_duration_ms',
    'completed_at',
  ],
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'active',
    'failed',
    '\u001b[2J\r\nnext',
    '2025-01-28T00:00:00Z',
  ),
  fc.double(),
  fc.string({unit: 'binary', maxLength: 12}),
);
const {tree} = fc.letrec<{tree: unknown}>((tie) => ({
  tree: fc.oneof(
    {maxDepth: 3, depthSize: 'small'},
    leaf,
    fc.array(tie('tree'), {maxLength: 3}),
    fc.dictionary(fc.constantFrom(...keys), tie('tree'), {maxKeys: 8}),
  ),
}));
const body = fc.oneof(
  tree.map((value) => JSON.stringify(value) ?? ''),
  fc.string({unit: 'binary'}),
);

/** Every text and every figure in it. */
function leavesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

test('whatever a server says of a build is read without an exception, a control character or an endless figure', () => {
  const understood = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom('log', 'done', 'message', '\u001bx'), body, (event, text) => {
      const json = parseJson(text);
      const decoded = {
        started: decodeBuildStarted(json),
        status: decodeBuildStatus('7', json),
        chunk: decodeLogChunk(json),
        news: decodeLogMessage(event, text),
      };
      for (const [name, value] of Object.entries(decoded)) if (value) understood.add(name);
      const progress = decoded.status?.progress ?? 0;
      expect(progress >= 0 && progress <= 100).toBe(true);
      const leaves = leavesOf(decoded);
      expect(leaves.filter((each) => typeof each === 'number').every(Number.isFinite)).toBe(true);
      expect(leaves.filter((each) => typeof each === 'string').join('')).not.toMatch(/\p{Cc}/u);
    }),
    {numRuns: 5_000},
  );
  expect([...understood].sort()).toEqual(['chunk', 'news', 'started', 'status']);
}, 60_000);
