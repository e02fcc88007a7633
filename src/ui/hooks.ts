import {useInput, usePaste, useStdin, useWindowSize} from 'ink';
import {useEffect, useEffectEvent, useLayoutEffect, useRef, useSyncExternalStore} from 'react';
import type {Clock} from '../clock/clock.ts';
import type {Store} from '../model/store.ts';
import {type Chord, functionKeyOf, noKeyMemory, readKeys} from './chords.ts';
import {isTextMode, modeOf} from './command.ts';
import {commandFor, eventFor, eventForPaste, eventInBurst} from './keymap.ts';
import {type Regions, regions, shownOf} from './regions.ts';

/** What stands where in the terminal of now; the store is told whenever that changes. */
export function useRegions(store: Store, clock: Clock): Regions {
  const {columns, rows} = useWindowSize();
  const shown = useSyncExternalStore(store.subscribe, () => shownOf(store.getState()));
  const {listRows} = regions(columns, rows, shown);
  // Before any key: what it means depends on what can be seen.
  useLayoutEffect(() => {
    store.dispatch({type: 'screen.resized', at: clock.monotonic(), columns, rows, listRows}, 'key');
  }, [store, clock, columns, rows, listRows]);
  return regions(columns, rows, shown);
}

/**
 * Every key and every paste, made into events. `onInterrupt` is called before the quit that Ctrl-C asks for, so that
 * the exit code can tell it from `q`.
 */
export function useKeys(store: Store, clock: Clock, onInterrupt: (() => void) | undefined): void {
  const memory = useRef(noKeyMemory);
  const press = (chord: Chord, meaning = eventFor) => {
    const state = store.getState();
    if (commandFor(chord, modeOf(state))?.id === 'interrupt') onInterrupt?.();
    const event = meaning(state, chord, clock.monotonic());
    if (event) store.dispatch(event, 'key');
  };
  useInput((input, key) => {
    const isText = isTextMode(modeOf(store.getState()));
    const read = readKeys(isText ? noKeyMemory : memory.current, input, key, clock.monotonic(), isText);
    memory.current = read.memory;
    const meaning = new Set(read.chords).size > 1 ? eventInBurst : eventFor;
    for (const chord of read.chords) press(chord, meaning);
  });
  usePaste((text) => store.dispatch(eventForPaste(store.getState(), text, clock.monotonic()), 'key'));
  useFunctionKeys(press);
}

type Listening = {
  on: (name: 'input', listener: (sequence: string) => void) => unknown;
  removeListener: (name: 'input', listener: (sequence: string) => void) => unknown;
};

/**
 * Ink parses function keys but `useInput` cannot name them: they come as an empty input. The same sequences are read
 * where Ink itself reads them; were that place gone, F1, F4, F6, F9 and F10 would do nothing and all else would go on.
 */
function useFunctionKeys(press: (chord: Chord) => void): void {
  const source = sequencesOf(useStdin());
  const listen = useEffectEvent((sequence: string) => {
    const chord = functionKeyOf(sequence);
    if (chord) press(chord);
  });
  useEffect(() => {
    const listener = (sequence: string) => listen(sequence);
    source?.on('input', listener);
    return () => void source?.removeListener('input', listener);
  }, [source]);
}

function sequencesOf(stdin: object): Listening | undefined {
  const source: unknown = Reflect.get(stdin, 'internal_eventEmitter');
  return isListening(source) ? source : undefined;
}

const isListening = (source: unknown): source is Listening =>
  typeof source === 'object' && source !== null && 'on' in source && 'removeListener' in source;
