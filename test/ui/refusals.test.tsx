import {expect, test} from 'vitest';
import type {Act} from '../../src/model/act.ts';
import {sandboxActions} from '../../src/model/actions.ts';
import {disabledReason} from '../../src/model/refusal.ts';
import {newAct} from '../../src/model/sending.ts';
import type {State} from '../../src/model/state.ts';
import {row, sandbox, T0} from '../support/builders.ts';
import {session, stateOf} from './fleet.ts';
import {show} from './show.tsx';

const dead = {diedAt: T0, foundAt: T0, cause: 'deleted by you', inferred: true} as const;
const cursor = {id: 'sb_1', index: 0};
const statuses = ['creating', 'running', 'paused', 'stopped', 'error'];

const act: Act = {...newAct('extend', 'sb_1', T0), sentAt: T0};

/** Every state in which some act on the selected sandbox is refused. */
function refusing(): readonly State[] {
  const running = stateOf([row({sandbox: sandbox({id: 'sb_1'})})], {cursor});
  const phases: readonly Act['phase'][] = ['grace', 'checking', 'queued', 'sent', 'unknown'];
  return [
    ...statuses.map((status) => stateOf([row({sandbox: sandbox({id: 'sb_1', status, expiresAt: null})})], {cursor})),
    stateOf([row({sandbox: sandbox({id: 'sb_1'}), tombstone: dead})], {cursor}),
    stateOf([row({sandbox: sandbox({id: '../1'})})], {cursor: {id: '../1', index: 0}}),
    stateOf([]),
    {...running, session: {...session, readonly: true}},
    {...running, link: {...running.link, phase: 'offline'}},
    {...running, link: {...running.link, phase: 'auth'}},
    {...running, unsupported: running.unsupported.add('stop').add('start')},
    ...phases.map((phase) => ({...running, acts: running.acts.set('sb_1', {...act, phase})})),
  ];
}

test('whatever is refused, the whole sentence can be read on a terminal of 80 cells', () => {
  const refused = refusing().flatMap((state) =>
    sandboxActions.flatMap(({id}) => {
      const reason = disabledReason(state, id, state.cursor.id);
      return reason === undefined ? [] : [{state, text: `${id}: ${reason}`}];
    }),
  );
  expect(refused.length).toBeGreaterThan(60);
  for (const {state, text} of refused) {
    const notice = {text, tone: 'warn', at: T0} as const;
    expect(
      show({...state, notice}, 80, 24)
        .split('\n')
        .at(-1)
        ?.slice(1, text.length + 1),
    ).toBe(text);
  }
});
