import {Map as ImmutableMap, OrderedMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {unsettledActs} from '../../src/cli/unsent.ts';
import type {Act} from '../../src/model/act.ts';
import type {Bulk, BulkItem} from '../../src/model/bulk.ts';

const nothing = {acts: ImmutableMap<string, Act>(), creation: undefined, bulk: undefined};

const newAct = (id: string, phase: Act['phase'], action: Act['action'] = 'delete'): [string, Act] => [
  id,
  {
    action,
    id,
    phase,
    askedAt: 0,
    sentAt: undefined,
    dueAt: undefined,
    requestId: undefined,
    expiryBefore: undefined,
    checks: 0,
    doubt: undefined,
  },
];

describe('acts under way at the end', () => {
  const said = (...acts: readonly [string, Act][]) => unsettledActs({...nothing, acts: ImmutableMap(acts)});

  test('deletes in their grace were not sent', () => {
    expect(said(newAct('a', 'grace'))).toEqual(['1 delete was still in its 5 s of grace and was not sent: a']);
    expect(said(newAct('a', 'grace'), newAct('b', 'grace'))).toEqual([
      '2 deletes were still in their 5 s of grace and were not sent: a, b',
    ]);
  });

  test.each([
    ['checking', 'extend of a was not sent: the sandbox was still being read'],
    ['queued', 'extend of a was not sent: the request limit still held it'],
    ['sent', 'extend of a was sent, and not answered yet'],
    ['unknown', 'extend of a was sent, and its outcome is unknown'],
  ] as const)('%s', (phase, sentence) => {
    expect(said(newAct('a', phase, 'extend'))).toEqual([sentence]);
  });

  test('what the server took, and nothing, need no word', () => {
    expect(said(newAct('a', 'accepted'))).toEqual([]);
    expect(said()).toEqual([]);
  });
});

test.each([
  ['queued', 'a new sandbox of agent-py311 was not asked for: the request limit still held it'],
  ['sent', 'a new sandbox of agent-py311 was asked for, not answered yet: it may have been created'],
] as const)('a creation that is %s', (phase, sentence) => {
  const creation = {phase, askedAt: 0, templateName: 'agent-py311'};
  expect(unsettledActs({...nothing, creation})).toEqual([sentence]);
});

describe('one act on many', () => {
  const item = (phase: BulkItem['phase']): BulkItem => ({phase, text: '', status: undefined, requestId: undefined});
  const bulkOf = (...phases: readonly BulkItem['phase'][]): Bulk => ({
    ...{action: 'delete', timeoutSeconds: undefined, mayShorten: false, startedAt: 0, endedAt: undefined},
    ...{graceUntil: undefined, pausedBy: undefined, failuresInRow: 0, isShown: false, top: 0},
    items: OrderedMap(phases.map((phase, index) => [`sb_${index}`, item(phase)])),
  });

  test('that is not over is one line of counts', () => {
    const bulk = bulkOf('done', 'failed', 'done', 'skipped', 'waiting', 'waiting', 'unknown');
    expect(unsettledActs({...nothing, bulk})).toEqual([
      'bulk delete: 2 done, 1 failed, 1 of unknown outcome, 2 not tried',
    ]);
  });

  test('that is over needs no word', () => {
    expect(unsettledActs({...nothing, bulk: {...bulkOf('done', 'failed'), endedAt: 9}})).toEqual([]);
  });

  test('of those that have left each is named, of those that have not none is', () => {
    const acts = ImmutableMap([newAct('sb_0', 'sent'), newAct('sb_1', 'queued')]);
    expect(unsettledActs({...nothing, acts, bulk: bulkOf('running', 'running', 'waiting')})).toEqual([
      'bulk delete: 1 not answered yet, 2 not tried',
      'delete of sb_0 was sent, and not answered yet',
    ]);
  });
});
