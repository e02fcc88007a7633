import {expect, test} from 'vitest';
import type {Api} from '../../src/api/types.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import type {Event} from '../../src/model/event.ts';
import type {JournalEntry} from '../../src/model/fileEvents.ts';
import {createFiles} from '../../src/runtime/files.ts';
import {answered} from '../support/fakeApi.ts';
import {type FakeFiles, fakeFiles} from '../support/fakeFiles.ts';
import {settle} from '../support/settle.ts';
import {listOf, start} from './sessionBench.ts';

const effect = {do: 'save', what: 'plan', path: 'plan.txt', text: 'delete sb_a\n'} as const;

function saved(files: FakeFiles): readonly Event[] {
  const events: Event[] = [];
  const clock = manualClock(0);
  createFiles({files, clock, dispatch: (event) => void events.push(event)}).save(effect);
  return events;
}

test('a file is written whole, and it is said where', () => {
  const files = fakeFiles();
  expect(saved(files)).toMatchObject([{type: 'file.saved', what: 'plan', path: 'plan.txt'}]);
  expect([...files.texts]).toEqual([['plan.txt', 'delete sb_a\n']]);
});

test('a file that cannot be made is refused in the words of the port', () => {
  const mistake = 'the folder of plan.txt is not there: make it, or name another';
  expect(saved(fakeFiles({create: mistake}))).toMatchObject([{type: 'file.refused', what: 'plan', mistake}]);
});

test('half a file is none', () => {
  const files = fakeFiles({append: 'disk full'});
  expect(saved(files)).toMatchObject([{type: 'file.refused', mistake: 'disk full'}]);
  expect(files.texts.size).toBe(0);
});

test('own acts come to the journal as they happen; when it fails it is said once, and acts go on', async () => {
  const kept: JournalEntry[] = [];
  let isFull = false;
  const append = (entry: JournalEntry) => {
    if (isFull) throw new Error('disk full');
    kept.push(entry);
  };
  const pauseSandbox: Api['pauseSandbox'] = async (id) => answered({id, status: 'paused'}, {requestId: 'req_7'});
  const script = {...listOf(['a', 'b', 'c']), pauseSandbox};
  const bench = start({script, journal: {append}, session: {keepsJournal: true}});
  await bench.connect();
  const pause = async (id: string) => {
    bench.store.dispatch({type: 'action.asked', at: bench.clock.monotonic(), action: 'pause', id});
    await settle();
  };
  await pause('a');
  expect(kept.map(({kind, id}) => `${kind} ${id}`)).toContain('pause a');
  isFull = true;
  await pause('b');
  const failures = () => bench.store.getState().log.errors;
  expect(bench.store.getState().notice?.text).toBe('journal: disk full: acts are no longer written');
  isFull = false;
  const before = kept.length;
  await pause('c');
  expect(bench.methods().filter((method) => method === 'pauseSandbox')).toHaveLength(3);
  expect([kept.length - before, failures()]).toEqual([0, 1]);
  await bench.stop();
});

test('the terminal that was lent comes back with a notice', async () => {
  const bench = start({script: listOf(['a']), session: {canConnect: true}});
  await bench.connect();
  bench.store.dispatch({type: 'connect.asked', at: bench.clock.monotonic(), id: 'a'});
  await settle();
  expect(bench.asked).toEqual(['connect a']);
  expect(bench.store.getState().notice?.text).toBe('connect a: the terminal is back');
  await bench.stop();
});
