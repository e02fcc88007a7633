import type {Clock} from '../clock/clock.ts';
import type {Store} from '../model/store.ts';
import {useKeys, useRegions, useStoreState} from './hooks.ts';
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
  const state = useStoreState(store);
  const regions = useRegions(store, clock, state.detailOpen);
  useKeys(store, clock, onInterrupt);
  return <Screen state={state} regions={regions} theme={theme} />;
}
