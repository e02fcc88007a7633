import {describe, expect, test} from 'vitest';
import type {Effect, Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import {createStore, type Store, type Urgency} from '../../src/model/store.ts';
import {T0} from '../support/builders.ts';
import {begun, listed, observed, opened, patch, shownIds, tick} from './given.ts';

const notice = (text: string): Event => ({type: 'notice.shown', at: T0, text});

/** A store whose frames begin when the test says so. */
function storeOf(initial = begun(), run: (effect: Effect, store: Store) => void = () => undefined) {
  const planned: [Urgency, () => void][] = [];
  const ran: Effect[] = [];
  const store: Store = createStore({
    initial,
    reduce,
    run: (effect) => {
      ran.push(effect);
      run(effect, store);
    },
    schedule: (urgency, notify) => planned.push([urgency, notify]),
    now: () => T0 + 5000,
  });
  const told: (string | undefined)[] = [];
  const stop = store.subscribe(() => told.push(store.getState().notice?.text));
  return {
    store,
    planned,
    ran,
    told,
    stop,
    urgencies: () => planned.map(([urgency]) => urgency),
    frame: (index: number) => planned[index]?.[1](),
  };
}

test('many events are one frame, in which all of them have happened', () => {
  const {store, told, urgencies, frame} = storeOf();
  store.dispatch(notice('one'));
  store.dispatch(notice('two'));
  expect([told, urgencies()]).toEqual([[], ['data']]);
  frame(0);
  expect(told).toEqual(['two']);
  store.dispatch(notice('three'));
  frame(1);
  expect(told).toEqual(['two', 'three']);
});

test('a key is shown before the data that waits, and then that wait is over', () => {
  const {store, told, urgencies, frame} = storeOf();
  store.dispatch(notice('data'));
  store.dispatch(notice('key'), 'key');
  store.dispatch(notice('more data'));
  store.dispatch(notice('more data'), 'routine');
  expect(urgencies()).toEqual(['data', 'key']);
  frame(1);
  expect(told).toEqual(['more data']);
  frame(0);
  expect(told).toEqual(['more data']);
});

test('nothing changed: no frame', () => {
  const {store, urgencies} = storeOf(listed(patch('a')));
  store.dispatch(observed(1000, {id: 'a', status: 'running'}));
  store.dispatch({type: 'dialog.erased', at: T0}, 'key');
  expect(urgencies()).toEqual([]);
});

test('the order is mended before anybody looks', () => {
  const {store, frame} = storeOf();
  const seen: (readonly string[])[] = [];
  store.subscribe(() => seen.push(shownIds(store.getState())));
  store.dispatch(observed(1000, patch('a')));
  expect(shownIds(store.getState())).toEqual([]);
  frame(0);
  expect(seen).toEqual([['a']]);
});

test('who unsubscribed hears nothing', () => {
  const {store, told, stop, frame} = storeOf();
  stop();
  store.dispatch(notice('one'));
  frame(0);
  expect(told).toEqual([]);
});

describe('what is dispatched meanwhile is taken up after, in order', () => {
  test('by an effect, which sees the state it followed from', () => {
    const phases: string[] = [];
    const {store} = storeOf(begun(), ({do: kind}, inner) => {
      if (kind !== 'list') return;
      phases.push(inner.getState().listing.phase);
      inner.dispatch({type: 'list.page', at: T0, asOf: T0, run: 1, patches: [patch('a')]});
      inner.dispatch({type: 'list.ended', at: T0, run: 1, complete: true});
      phases.push(inner.getState().listing.phase);
    });
    store.dispatch(opened(0));
    expect([phases, store.getState().listing.phase, store.getState().live]).toEqual([
      ['reading', 'reading'],
      'complete',
      1,
    ]);
  });

  test('by a listener, which leads to another frame', () => {
    const {store, told, urgencies, frame} = storeOf();
    const stop = store.subscribe(() => {
      stop();
      store.dispatch(notice('from a listener'), 'key');
    });
    store.dispatch(notice('one'));
    frame(0);
    expect([told, urgencies()]).toEqual([['one'], ['data', 'key']]);
    frame(1);
    expect(told).toEqual(['one', 'from a listener']);
  });

  test('by an effect of an event whose frame begins at once: no effect overtakes another', () => {
    const order: string[] = [];
    const store = createStore({
      initial: begun(),
      reduce: (state, event) => {
        if (event.type !== 'notice.shown') return [state];
        const read = (id: string): Effect => ({do: 'read', id, priority: 'check'});
        return [{...state}, read(`${event.text} 1`), read(`${event.text} 2`)];
      },
      run: (effect) => 'id' in effect && order.push(effect.id),
      schedule: (_, notify) => notify(),
      now: () => T0,
    });
    const stop = store.subscribe(() => {
      stop();
      store.dispatch(notice('next'));
    });
    store.dispatch(notice('first'));
    expect(order).toEqual(['first 1', 'first 2', 'next 1', 'next 2']);
  });

  test('even if the one before went wrong', () => {
    const {store, ran} = storeOf(begun(), () => {
      throw new Error('broken port');
    });
    expect(() => store.dispatch(opened(0))).toThrow('broken port');
    store.dispatch(tick(1000));
    expect([ran.length, store.getState().now]).toEqual([1, T0 + 1000]);
  });
});
