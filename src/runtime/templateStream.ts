import type {StreamSignal} from '../api/types.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {Template} from '../model/template.ts';
import {failureIn, silentEnd} from './failures.ts';
import {createHurry} from './hurry.ts';
import type {Ports} from './ports.ts';

type Hooks = {
  readonly opened: () => void;
  /** Something changed, and the stream does not say whether it is all of it. */
  readonly changed: (at: Stamp) => void;
  readonly lost: (wasOpen: boolean) => void;
  /** No further try until it is followed anew. */
  readonly gaveUp: (failure: Failure) => void;
};

type Told = StreamSignal<readonly Template[]>;

/** The stream of templates, reconnects included; what it tells is dispatched. */
export function createTemplateStream(ports: Ports, hooks: Hooks) {
  const {clock, governor, tasks, dispatch, stopping} = ports;
  const hurry = createHurry();
  let connection: AbortController | undefined;
  let beganAt: Stamp = 0;
  let isOpen = false;

  const tellClosed = (reason: string | undefined) => {
    isOpen = false;
    dispatch({type: 'templates.stream', at: clock.monotonic(), isOpen: false, reason});
  };

  const opened = (at: Stamp) => {
    isOpen = true;
    dispatch({type: 'templates.stream', at, isOpen: true, reason: undefined});
    hooks.opened();
  };

  const lost = (failure: Failure) => {
    if (failure.kind === 'rate-limited') governor.refuse(failure.retryAfterMs, 'stream');
    const wasOpen = isOpen;
    tellClosed(failure.message);
    hooks.lost(wasOpen);
  };

  const tell = (signal: Told) => {
    if (signal.type === 'opened') opened(signal.at);
    if (signal.type === 'lost') lost(signal.failure);
    if (signal.type !== 'message') return;
    dispatch({type: 'templates.observed', at: signal.at, templates: signal.value});
    hooks.changed(signal.at);
  };

  const followOnce = async (signal: AbortSignal) => {
    const failure = await followed(ports, signal, hurry.next, tell);
    if (signal.aborted) return;
    tellClosed(failure.message);
    hooks.gaveUp(failure);
  };

  const close = () => {
    connection?.abort();
    connection = undefined;
  };
  stopping.addEventListener('abort', close, {once: true});

  return {
    isOpen: () => isOpen,
    /** Since when it is followed; undefined: it is not. */
    since: () => (connection ? beganAt : undefined),
    follow() {
      close();
      const mine = new AbortController();
      connection = mine;
      beganAt = clock.monotonic();
      tasks.start(() => followOnce(mine.signal));
    },
    /** Cuts a back-off short. */
    hurry: hurry.wake,
    close() {
      close();
      if (isOpen) tellClosed(undefined);
    },
  };
}

/** Answers why it was given up. */
async function followed(
  {api, governor}: Ports,
  signal: AbortSignal,
  hurry: () => Promise<void>,
  tell: (told: Told) => void,
): Promise<Failure> {
  try {
    for await (const told of api.streamTemplates({signal, admit: () => governor.admit('stream', signal), hurry})) {
      if (told.type === 'ended') return told.failure;
      if (!signal.aborted) tell(told);
    }
    return silentEnd;
  } catch (error) {
    return failureIn(error);
  }
}
