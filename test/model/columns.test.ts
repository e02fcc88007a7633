import {describe, expect, test} from 'vitest';
import {sandboxActions} from '../../src/model/actions.ts';
import {type ColumnId, columnOf, columns} from '../../src/model/columns.ts';
import type {Sample} from '../../src/model/sample.ts';
import type {Row, Tombstone} from '../../src/model/sandbox.ts';
import type {RowView} from '../../src/model/view.ts';
import {cellWidth} from '../../src/terminal/text.ts';
import {
  act,
  DAY,
  HOUR,
  MINUTE,
  row,
  SECOND,
  sample,
  sandbox,
  T0,
  view,
  viewOfSandbox,
  WALL0,
} from '../support/builders.ts';

const cell = (id: ColumnId, line: RowView) => columnOf(id).cell(line);
const shown = (line: RowView, ...ids: readonly ColumnId[]) => ids.map((id) => cell(id, line).text);

const busy = (over: Partial<Sample>, more: Partial<RowView> = {}) =>
  view({sampling: 'sampled', sample: sample(over), ...more});

const dead = (tombstone: Partial<Tombstone>, over: Partial<Row> = {}) =>
  view({
    row: row({
      tombstone: {diedAt: T0 - 12 * SECOND, foundAt: T0 - 12 * SECOND, cause: 'expired', inferred: false, ...tombstone},
      ...over,
    }),
  });

test('a line of the list reads from left to right', () => {
  const line = busy(
    {cpuPercent: 71, memoryPercent: 62, activeExecutions: 2, totalExecutions: 418},
    {row: row({sandbox: sandbox({createdAt: WALL0 - 3 * HOUR - 13 * MINUTE, expiresAt: WALL0 + 108 * SECOND})})},
  );
  expect(columns.map(({header}) => header).join(' ')).toBe(
    'SANDBOX STATUS TEMPLATE REGION AGE EXPIRES CPU MEM EXEC NODE',
  );
  expect(columns.map((column) => column.cell(line).text)).toEqual([
    'sb_9f3a71c204',
    'running',
    'agent-py311',
    'us-east',
    '3h12m',
    '! 01:48',
    '▆ 71%',
    '▅ 62%',
    '2/418',
    'n-114',
  ]);
});

test('at their least all columns up to MEM fit 80 cells, with a mark and gaps of two', () => {
  const cells = columns.slice(0, 8).reduce((sum, {width: [least]}) => sum + least + 2, 0);
  expect(cells).toBeLessThanOrEqual(80);
});

test('what nobody told is a question mark, not a blank', () => {
  const bare = viewOfSandbox({
    templateId: undefined,
    templateName: undefined,
    region: undefined,
    nodeId: undefined,
    createdAt: undefined,
    expiresAt: undefined,
  });
  expect(shown(bare, 'template', 'region', 'node', 'age', 'expires')).toEqual(['?', '?', '?', '?', '?']);
  expect(cell('template', viewOfSandbox({templateName: undefined})).text).toBe('tpl_1');
});

describe('the status', () => {
  test('is the word of the server, known or not', () => {
    expect(cell('status', view())).toEqual({text: 'running', tone: 'good'});
    expect(cell('status', viewOfSandbox({status: 'hibernating'}))).toEqual({text: 'hibernating', tone: 'odd'});
  });

  test.each(sandboxActions.map(({id, underWay}) => [id, underWay] as const))(
    'of a %s under way is %s',
    (action, text) => {
      expect(cell('status', view({act: act({action})}))).toEqual({text, tone: 'accent'});
    },
  );

  test('counts down the seconds in which a delete can be taken back', () => {
    const grace = act({action: 'delete', phase: 'grace', dueAt: T0 + 3200});
    expect(cell('status', view({act: grace})).text).toBe('delete 4s');
    expect(cell('status', view({act: grace, now: T0 + 9 * SECOND})).text).toBe('delete 0s');
  });

  test('asks when no answer came', () => {
    expect(cell('status', view({act: act({phase: 'unknown'})})).text).toBe('pausing?');
  });

  test.each([
    ['expired', false, '†expired'],
    ['expired', true, '†expired?'],
    ['deleted by you', false, '†deleted'],
    ['deleted', true, '†deleted?'],
    ['vanished', false, '†vanished'],
    ['error', false, '†error'],
  ] as const)('of a sandbox that is gone (%s, inferred %s) is %s, dim', (cause, inferred, text) => {
    expect(cell('status', dead({cause, inferred}))).toEqual({text, tone: 'dim'});
  });
});

describe('CPU and memory', () => {
  test.each([
    [0, '▁  0%', 'plain'],
    [3.4, '▁  3%', 'plain'],
    [69.4, '▆ 69%', 'plain'],
    [69.6, '▆ 70%', 'warn'],
    [90, '▇ 90%', 'danger'],
    [100, '▇100%', 'danger'],
  ])('%d percent reads %s, %s', (percent, text, tone) => {
    expect(cell('cpu', busy({cpuPercent: percent}))).toEqual({text, tone});
    expect(cell('mem', busy({memoryPercent: percent}))).toEqual({text, tone});
  });

  test('memory is worked out where only used and total are sent', () => {
    expect(cell('mem', busy({memoryUsedBytes: 31, memoryTotalBytes: 50})).text).toBe('▅ 62%');
    expect(cell('mem', busy({memoryUsedBytes: 31})).text).toBe('n/a');
    expect(cell('mem', busy({memoryUsedBytes: 0, memoryTotalBytes: 0})).text).toBe('n/a');
  });

  test.each<readonly [string, RowView, string]>([
    ['no stream is open', view(), '·'],
    ['the first sample is awaited', view({sampling: 'waiting'}), '…'],
    ['the server sends counters only', busy({totalExecutions: 4}), 'n/a'],
    [
      'the sandbox is paused',
      viewOfSandbox({status: 'paused'}, {sampling: 'sampled', sample: sample({cpuPercent: 3})}),
      '-',
    ],
    ['the sandbox is gone', dead({}), '-'],
  ])('when %s', (_, line, text) => {
    expect(cell('cpu', line)).toEqual({text, tone: 'dim'});
    expect(cell('mem', line)).toEqual({text, tone: 'dim'});
  });

  test('of a sample that is no longer fresh are dim, however high', () => {
    const line = busy({cpuPercent: 97});
    expect(cell('cpu', {...line, now: T0 + 10 * SECOND}).tone).toBe('danger');
    expect(cell('cpu', {...line, now: T0 + 10 * SECOND + 1})).toEqual({text: '▇ 97%', tone: 'dim'});
  });
});

test.each<readonly [Partial<Sample>, string]>([
  [{activeExecutions: 0, totalExecutions: 0}, '0/0'],
  [{activeExecutions: 2, totalExecutions: 12_345}, '2/12k'],
  [{activeExecutions: 2, totalExecutions: 12_345_678}, '2/12M'],
  [{totalExecutions: 7}, '?/7'],
  [{activeExecutions: 7}, '7/?'],
  [{cpuPercent: 7}, 'n/a'],
])('executions of %o read %s', (told, text) => {
  expect(cell('executions', busy(told)).text).toBe(text);
});

describe('sorting', () => {
  const keys = (id: ColumnId, ...lines: readonly RowView[]) => lines.map((line) => columnOf(id).sortKey(line));

  test('by age puts the youngest lowest, by expiry the soonest, and never after all times', () => {
    const [young, old] = keys('age', viewOfSandbox({createdAt: WALL0}), viewOfSandbox({createdAt: WALL0 - DAY}));
    expect(Number(young)).toBeLessThan(Number(old));
    const [soon, never, untold] = keys(
      'expires',
      view(),
      viewOfSandbox({expiresAt: null}),
      viewOfSandbox({expiresAt: undefined}),
    );
    expect(Number(soon)).toBeLessThan(Number(never));
    expect(untold).toBeUndefined();
  });

  test('does not move while only time passes', () => {
    const later = {now: T0 + DAY, wall: WALL0 + DAY, serverNow: WALL0 + DAY};
    for (const {id, sortKey} of columns) expect(sortKey(view(later)), id).toBe(sortKey(view()));
  });

  test('keeps the gone out of the way of what is about to expire', () => {
    expect(keys('expires', dead({}))).toEqual([undefined]);
    expect(keys('status', dead({}))).toEqual([undefined]);
    expect(keys('id', dead({}))).toEqual(['sb_9f3a71c204']);
  });

  test('by load knows only running sandboxes that are sampled', () => {
    expect(keys('cpu', busy({cpuPercent: 71}), view())).toEqual([71, undefined]);
    const paused = viewOfSandbox({status: 'paused'}, {sampling: 'sampled', sample: sample({cpuPercent: 71})});
    expect(keys('cpu', paused)).toEqual([undefined]);
    expect(keys('executions', busy({activeExecutions: 3}))).toEqual([3]);
  });
});

describe('the table', () => {
  test('names every column once and says what it is', () => {
    expect(new Set(columns.map(({id}) => id)).size).toBe(columns.length);
    for (const column of columns) {
      expect(columnOf(column.id)).toBe(column);
      expect(column.description).not.toBe('');
      expect(cellWidth(column.header)).toBeLessThanOrEqual(column.width[0]);
      expect(column.width[0]).toBeLessThanOrEqual(column.width[1]);
    }
  });

  test('its numbers always fit the least width', () => {
    const lines = [
      busy({cpuPercent: 100, memoryPercent: 100, activeExecutions: 99, totalExecutions: 9999}),
      viewOfSandbox({createdAt: WALL0 - 9 * DAY - 23 * HOUR, expiresAt: WALL0 + 100 * SECOND}),
      viewOfSandbox({createdAt: WALL0 - 23 * HOUR - 59 * MINUTE, expiresAt: WALL0 + 9 * DAY}),
      dead({}),
    ];
    for (const {id, align, width, cell: read} of columns) {
      if (align === 'right')
        for (const line of lines) expect(cellWidth(read(line).text), id).toBeLessThanOrEqual(width[0]);
    }
  });
});
