import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {unsettledActs} from '../../src/cli/unsent.ts';
import type {Act} from '../../src/model/act.ts';
import {noBuilds, type Sending} from '../../src/model/builds.ts';
import type {Bulk} from '../../src/model/bulk.ts';
import {newAct} from '../../src/model/sending.ts';
import {type Deletion, unreadTemplates} from '../../src/model/templates.ts';

const nothing = {
  acts: ImmutableMap<string, Act>(),
  creation: undefined,
  bulk: undefined,
  builds: noBuilds,
  templates: unreadTemplates,
};

const actOf = (id: string, phase: Act['phase'], action: Act['action'] = 'delete'): [string, Act] => [
  id,
  {...newAct(action, id, 0), phase},
];

describe('acts under way at the end', () => {
  const said = (...acts: readonly [string, Act][]) => unsettledActs({...nothing, acts: ImmutableMap(acts)});

  test('deletes in their grace were not sent', () => {
    expect(said(actOf('a', 'grace'))).toEqual(['1 delete was still in its 5 s of grace and was not sent: a']);
    expect(said(actOf('a', 'grace'), actOf('b', 'grace'))).toEqual([
      '2 deletes were still in their 5 s of grace and were not sent: a, b',
    ]);
  });

  test.each([
    ['checking', 'extend of a was not sent: the sandbox was still being read'],
    ['queued', 'extend of a was not sent: the request limit still held it'],
    ['sent', 'extend of a was sent, and not answered yet'],
    ['unknown', 'extend of a was sent, and its outcome is unknown'],
  ] as const)('%s', (phase, sentence) => {
    expect(said(actOf('a', phase, 'extend'))).toEqual([sentence]);
  });

  test('what the server took, and nothing, need no word', () => {
    expect(said(actOf('a', 'accepted'))).toEqual([]);
    expect(said()).toEqual([]);
  });
});

test.each([
  ['queued', 'a new sandbox of agent-py311 was not asked for: the request limit still held it'],
  ['sent', 'a new sandbox of agent-py311 was asked for, not answered yet: it may have been created'],
] as const)('a creation that is %s', (phase, sentence) => {
  const creation = {
    ...{phase, askedAt: 0, templateName: 'agent-py311'},
    ...{heldUntil: undefined, refusals: 0, values: {}, refusal: undefined},
  };
  expect(unsettledActs({...nothing, creation})).toEqual([sentence]);
});

test.each([
  ['grace', 'delete of template 74 was still in its 5 s of grace and was not sent'],
  ['queued', 'delete of template 74 was not sent: the request limit still held it'],
  ['sent', 'delete of template 74 was sent, and not answered yet'],
  ['unknown', 'delete of template 74 was sent, and its outcome is unknown'],
] as const)('a delete of a template that is %s', (phase, sentence) => {
  const deletion: Deletion = {phase, askedAt: 0, at: 0, until: undefined, refusals: 0};
  const templates = {...unreadTemplates, deletions: ImmutableMap([['74', deletion]])};
  expect(unsettledActs({...nothing, templates})).toEqual([sentence]);
});

const FRESH: Sending = {
  ...{specId: 1, name: 'my-template', phase: 'uploading', askedAt: 0},
  ...{until: undefined, refusals: 0, sentBytes: 0, totalBytes: 0},
};

test.each<[Partial<Sending>, string]>([
  [{phase: 'queued', until: 5}, 'build of my-template was not begun: the request limit still held it'],
  [{sentBytes: 1024, totalBytes: 4096}, 'build of my-template was not begun: 1.0K of 4.0K were uploaded'],
  [
    {phase: 'sent', sentBytes: 4096, totalBytes: 4096},
    'build of my-template was asked for, not answered yet: it may have begun',
  ],
  [{}, 'build of my-template was not begun: nothing had been uploaded'],
])('a build that has not begun: %j', (over, sentence) => {
  expect(unsettledActs({...nothing, builds: {...noBuilds, sending: {...FRESH, ...over}}})).toEqual([sentence]);
});

describe('one act on many', () => {
  const counts = {waiting: 51, running: 1, accepted: 0, done: 12, failed: 1, skipped: 0, unknown: 0};
  const bulk: Bulk = {
    ...{action: 'delete', timeout: undefined, startedAt: 0, endedAt: undefined, graceUntil: undefined},
    ...{
      pausedBy: undefined,
      failuresInRow: 0,
      trouble: undefined,
      ids: [],
      left: [],
      shown: [],
      next: 0,
      again: [],
      items: ImmutableMap(),
    },
    ...{counts, isShown: false, top: undefined},
  };

  test('that is not over is one line of counts', () => {
    expect(unsettledActs({...nothing, bulk})).toEqual(['bulk delete: 12 done, 1 failed, 1 under way, 51 not tried']);
  });

  test('that is over needs no word', () => {
    expect(unsettledActs({...nothing, bulk: {...bulk, endedAt: 9}})).toEqual([]);
  });

  test('of those that have left each is named, of those that have not none is', () => {
    const ofMany = (id: string, phase: Act['phase']): [string, Act] => [
      id,
      {...newAct('delete', id, 0), phase, isBulk: true},
    ];
    const acts = ImmutableMap([ofMany('sb_0', 'sent'), ofMany('sb_1', 'queued'), ofMany('sb_2', 'grace')]);
    expect(unsettledActs({...nothing, acts, bulk}).slice(1)).toEqual(['delete of sb_0 was sent, and not answered yet']);
  });
});
