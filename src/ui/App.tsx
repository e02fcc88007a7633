import {useSyncExternalStore} from 'react';
import type {Clock} from '../clock/clock.ts';
import type {Store} from '../model/store.ts';
import {useIsPainted} from '../terminal/Canvas.tsx';
import {useKeys, useRegions} from './hooks.ts';
import {outlineOf} from './outline.ts';
import {Screen} from './Screen.tsx';
import type {Theme} from './theme.ts';

type Props = {
  readonly store: Store;
  readonly clock: Clock;
  readonly theme: Theme;
  /** Called when Ctrl-C is what asks to quit, before the event: the exit code is then 130. */
  readonly onInterrupt?: () => void;
};

/** The monitor: the store's state on the screen, keys and the terminal's size as events into it. */
export function App({store, clock, theme, onInterrupt}: Props) {
  const {getShown, subscribe} = store;
  const regions = useRegions(store, clock);
  const isPainted = useIsPainted();
  useSyncExternalStore<unknown>(subscribe, isPainted ? () => outlineOf(getShown(), regions, theme) : getShown);
  useKeys(store, clock, onInterrupt);
  return <Screen getState={getShown} regions={regions} theme={theme} />;
}
