import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {filterFields} from '../../src/model/fields.ts';
import {matchesFilter, noFilter, parseFilter} from '../../src/model/filter.ts';
import type {Sandbox} from '../../src/model/sandbox.ts';
import type {RowView} from '../../src/model/view.ts';
import {DAY, HOUR, MINUTE, row, SECOND, sample, sandbox, T0, view, viewOfSandbox, WALL0} from '../support/builders.ts';

function matches(text: string, line: RowView): boolean {
  const read = parseFilter(text);
  if ('mistake' in read) throw new Error(read.mistake);
  return matchesFilter(read.filter, line);
}

const mistakeIn = (text: string): string => {
  const read = parseFilter(text);
  return 'mistake' in read ? read.mistake : 'none';
};

const isFound = (text: string, over: Partial<Sandbox> = {}) => matches(text, viewOfSandbox(over));

const loaded = (over: Parameters<typeof sample>[0]) => view({sampling: 'sampled', sample: sample(over)});

test('no filter lets everything through', () => {
  expect(matchesFilter(noFilter, view())).toBe(true);
  expect(isFound('')).toBe(true);
  expect(isFound('   ')).toBe(true);
  expect(isFound('and')).toBe(true);
});

describe('a bare word', () => {
  test.each([
    ['9F3A', 'part of the id'],
    ['Running', 'the status'],
    ['py311', 'part of the template'],
    ['EAST', 'part of the region'],
    ['n-114', 'the node'],
    ['hopx.dev', 'part of the host'],
  ])('%s finds a sandbox by %s, in any case', (word) => {
    expect(isFound(word)).toBe(true);
  });

  test('that stands nowhere finds nothing', () => {
    expect(isFound('eu-west')).toBe(false);
    expect(isFound('undefined', {region: undefined, nodeId: undefined})).toBe(false);
  });

  test('in quotes may hold spaces and signs', () => {
    expect(isFound('"my agent"', {templateName: 'My Agent 2'})).toBe(true);
    expect(isFound('"a=b"', {nodeId: 'a=b'})).toBe(true);
  });
});

describe('terms', () => {
  test('are joined by a space or by and', () => {
    for (const text of ['status=running region=us-east', 'status=running and region=us-east', 'running AND us-east']) {
      expect(isFound(text), text).toBe(true);
      expect(isFound(text, {region: 'eu-west'}), text).toBe(false);
    }
  });

  test.each<readonly [string, Partial<Sandbox>, boolean]>([
    ['status=running', {}, true],
    ['status=RUNNING', {}, true],
    ['status=run', {}, false],
    ['status=run*', {}, true],
    ['status!=run*', {}, false],
    ['status!=running', {status: 'paused'}, true],
    ['st=paused', {status: 'paused'}, true],
    ['id=sb_9f*', {}, true],
    ['id=sb_9f*', {id: 'sb_02'}, false],
    ['template=agent-py311', {}, true],
    ['template=tpl_1', {templateName: undefined}, true],
    ['template="my agent"', {templateName: 'my agent'}, true],
    ['template="my a"*', {templateName: 'my agent'}, true],
    ['region!=eu-west', {}, true],
    ['node=n-114', {}, true],
    ['host=https://sb_9f*', {}, true],
    ['age>2d', {createdAt: WALL0 - 2 * DAY - 1}, true],
    ['age>2d', {createdAt: WALL0 - 2 * DAY}, false],
    ['age>=2d', {createdAt: WALL0 - 2 * DAY}, true],
    ['age<1h', {createdAt: WALL0 - 59 * MINUTE}, true],
    ['age<1h30m', {createdAt: WALL0 - 89 * MINUTE}, true],
    ['age<1h30m', {createdAt: WALL0 - 91 * MINUTE}, false],
    ['age>1.5h', {createdAt: WALL0 - 91 * MINUTE}, true],
    ['age<1w', {createdAt: WALL0 - 6 * DAY}, true],
    ['age<5s', {createdAt: WALL0 + SECOND}, true],
    ['expires<10m', {expiresAt: WALL0 + 9 * MINUTE}, true],
    ['expires<10m', {expiresAt: WALL0 + 11 * MINUTE}, false],
    ['expires>1h', {expiresAt: WALL0 + 2 * HOUR}, true],
    ['expires=none', {expiresAt: null}, true],
    ['expires=none', {}, false],
    ['expires!=none', {}, true],
    ['timeout=none', {timeoutSeconds: null}, true],
    ['timeout=2h', {timeoutSeconds: 7200}, true],
    ['timeout!=1h', {timeoutSeconds: null}, true],
    ['timeout>1h', {timeoutSeconds: 7200}, true],
    ['timeout=0s', {timeoutSeconds: 0}, true],
  ])('%s of a sandbox with %o: %s', (text, over, found) => {
    expect(isFound(text, over)).toBe(found);
  });

  test('none is neither longer nor shorter than a time', () => {
    expect(isFound('expires<10m', {expiresAt: null})).toBe(false);
    expect(isFound('expires>10m', {expiresAt: null})).toBe(false);
  });

  test('ask for loads of sampled sandboxes', () => {
    expect(matches('cpu>80', loaded({cpuPercent: 81}))).toBe(true);
    expect(matches('cpu>80%', loaded({cpuPercent: 80}))).toBe(false);
    expect(matches('cpu=0', loaded({cpuPercent: 0}))).toBe(true);
    expect(matches('mem>90', loaded({memoryUsedBytes: 95, memoryTotalBytes: 100}))).toBe(true);
    expect(matches('exec>0', loaded({activeExecutions: 2}))).toBe(true);
  });
});

describe('what is not told', () => {
  const untold = {
    region: undefined,
    nodeId: undefined,
    expiresAt: undefined,
    timeoutSeconds: undefined,
    createdAt: undefined,
  };

  test.each(['region=us-east', 'region!=us-east', 'region=*', 'node!=n-1', 'age>0s', 'age<1d'])(
    '%s is false',
    (text) => {
      expect(isFound(text, untold)).toBe(false);
    },
  );

  test('is not none', () => {
    for (const text of ['expires=none', 'expires!=none', 'expires<10m', 'timeout=none', 'timeout!=1h']) {
      expect(isFound(text, untold), text).toBe(false);
    }
  });

  test('is not zero: a sandbox without samples is neither idle nor busy', () => {
    for (const text of ['cpu>0', 'cpu<100', 'cpu!=50', 'mem<100']) expect(isFound(text), text).toBe(false);
  });
});

test('a gone sandbox matches on what was last known of it, at the moment it went', () => {
  const gone = view({
    row: row({
      sandbox: sandbox({createdAt: WALL0 - HOUR, expiresAt: WALL0 + 8 * MINUTE}),
      tombstone: {diedAt: T0, foundAt: T0, cause: 'deleted', inferred: false},
    }),
    now: T0 + 5 * MINUTE,
    serverNow: WALL0 + 5 * MINUTE,
  });
  expect(matches('status=running', gone)).toBe(true);
  expect(matches('age<61m', gone)).toBe(true);
  expect(matches('expires<5m', gone)).toBe(false);
});

test('time is told on the clock of the server', () => {
  const ahead = viewOfSandbox({expiresAt: WALL0 + 15 * MINUTE}, {serverNow: WALL0 + 6 * MINUTE});
  expect(matches('expires<10m', ahead)).toBe(true);
});

test.each([
  ['age>2d', true],
  ['running expires<10m', true],
  ['expires=none', false],
  ['timeout<1h', false],
  ['status=running cpu>80', false],
])('%s changes as time passes: %s', (text, turns) => {
  const read = parseFilter(text);
  expect('filter' in read && read.filter.turns.length > 0).toBe(turns);
});

test('the text is kept as it was typed', () => {
  expect(parseFilter(' status=running  PY ')).toMatchObject({filter: {text: ' status=running  PY '}});
});

describe('a mistake says where it is and what to write', () => {
  test.each([
    [
      'running statsu=paused',
      'There is no field "statsu" (character 9): use one of id, status, template, region, node, host, age, expires, timeout, cpu, mem, exec, or put the word in quotes.',
    ],
    ['=running', 'Put a field right before "=" (character 1), without a space: status=running.'],
    ['age > 2d', 'Put a field right before ">" (character 5), without a space: status=running.'],
    ['status=', 'Put a value right after "status=" (character 8): status=running.'],
    ['memory>', 'Put a value right after "memory>" (character 8): mem>90.'],
    [
      'age>2',
      '"2" (character 5) is not a duration: write a number and s, m, h, d or w, such as 90s, 10m, 1h30m or 2d.',
    ],
    [
      'timeout=soon',
      '"soon" (character 9) is not a duration: write a number and s, m, h, d or w, such as 90s, 10m, 1h30m or 2d, or none.',
    ],
    ['cpu>lots', '"lots" (character 5) is not a number: write digits, such as 80.'],
    ['cpu>none', '"none" (character 5) is not a number: write digits, such as 80.'],
    ['age=2d', '"age=2d" (character 1) has no answer: put one of < > <= >= between age and 2d.'],
    ['expires>none', '"expires>none" (character 1) has no answer: put one of = != between expires and none.'],
    ['region>us', '"region>us" (character 1) has no answer: put one of = != between region and us.'],
    ['template="my agent', 'The quote at character 10 is never closed: add a " where the text ends.'],
  ])('%s', (text, sentence) => {
    expect(mistakeIn(text)).toBe(sentence);
  });

  test('any text is a filter or one sentence, never a crash', () => {
    const typed = fc.string({unit: fc.constantFrom(...'agestu "=!<>*and19mh-é\\'), maxLength: 24});
    fc.assert(
      fc.property(fc.oneof(fc.string(), typed), (text) => {
        const read = parseFilter(text);
        if ('mistake' in read) expect(read.mistake).toMatch(/^\S[^\n]*\.$/s);
        else expect(typeof matchesFilter(read.filter, view())).toBe('boolean');
      }),
    );
  });
});

describe('the table of fields', () => {
  test('no name is used twice', () => {
    const names = filterFields.flatMap((field) => [field.name, ...field.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(filterFields.map((field) => [field.example, field]))('its example %s can be read', (example) => {
    expect(mistakeIn(example)).toBe('none');
  });
});
