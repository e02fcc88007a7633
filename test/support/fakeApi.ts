import {apiError, failureOf} from '../../src/api/errors.ts';
import type {
  Answer,
  Api,
  BuildLogNews,
  SandboxNews,
  SandboxPage,
  StreamOptions,
  StreamSignal,
} from '../../src/api/types.ts';
import type {Sample} from '../../src/model/sample.ts';
import type {SandboxPatch, Stamp} from '../../src/model/sandbox.ts';
import type {Template} from '../../src/model/template.ts';

/** A signal without its time: it is told now. */
type Untimed<T> = T extends unknown ? Omit<T, 'at'> : never;

/** One stream that somebody follows; the test is its server. */
type FakeStream<T> = {
  /** Of the sandbox of metrics, of the build of a log; empty for the others. */
  readonly id: string;
  readonly options: StreamOptions;
  readonly connectedAt: Stamp;
  readonly push: (signal: Untimed<StreamSignal<T>>) => void;
  readonly isOver: () => boolean;
};

type FakeCall = {readonly method: keyof Api; readonly args: readonly unknown[]; readonly at: Stamp};

export type FakeApi = {
  readonly api: Api;
  readonly calls: readonly FakeCall[];
  /** In order of connecting, the ones that are over included. */
  readonly sandboxStreams: readonly FakeStream<SandboxNews>[];
  readonly metricStreams: readonly FakeStream<Sample>[];
  readonly templateStreams: readonly FakeStream<readonly Template[]>[];
  readonly buildLogs: readonly FakeStream<BuildLogNews>[];
  readonly isClosed: () => boolean;
};

/** An Api without a network. What `script` does not answer hangs until `close`, as a silent server would. */
export function createFakeApi(now: () => Stamp, script: Partial<Api> = {}): FakeApi {
  const calls: FakeCall[] = [];
  const sandboxStreams: FakeStream<SandboxNews>[] = [];
  const metricStreams: FakeStream<Sample>[] = [];
  const templateStreams: FakeStream<readonly Template[]>[] = [];
  const buildLogs: FakeStream<BuildLogNews>[] = [];
  const closing = new AbortController();

  const hang = () =>
    new Promise<never>((_, reject) => {
      const cancel = () => reject(apiError('cancelled', 'cancelled', {mayHaveHappened: true}));
      closing.signal.addEventListener('abort', cancel, {once: true});
    });

  const scripted = <K extends keyof Api>(method: K): Api[K] => {
    const answer = (script[method] ?? hang) as (...args: readonly unknown[]) => unknown;
    const call = (...args: readonly unknown[]) => {
      calls.push({method, args, at: now()});
      return answer(...args);
    };
    return call as Api[K];
  };

  return {
    api: {
      health: scripted('health'),
      listSandboxes: scripted('listSandboxes'),
      getSandbox: scripted('getSandbox'),
      createSandbox: scripted('createSandbox'),
      pauseSandbox: scripted('pauseSandbox'),
      resumeSandbox: scripted('resumeSandbox'),
      startSandbox: scripted('startSandbox'),
      stopSandbox: scripted('stopSandbox'),
      deleteSandbox: scripted('deleteSandbox'),
      setTimeout: scripted('setTimeout'),
      refreshToken: scripted('refreshToken'),
      renewToken: scripted('renewToken'),
      deleteTemplate: scripted('deleteTemplate'),
      uploadLink: scripted('uploadLink'),
      upload: scripted('upload'),
      startBuild: scripted('startBuild'),
      buildStatus: scripted('buildStatus'),
      followBuildLog: script.followBuildLog ?? ((id, _template, options) => stream(id, options, now, buildLogs)),
      listTemplates: scripted('listTemplates'),
      getTemplate: scripted('getTemplate'),
      streamSandboxes: script.streamSandboxes ?? ((options) => stream('', options, now, sandboxStreams)),
      streamMetrics: script.streamMetrics ?? ((id, options) => stream(id, options, now, metricStreams)),
      streamTemplates: script.streamTemplates ?? ((options) => stream('', options, now, templateStreams)),
      async close() {
        closing.abort();
      },
    },
    calls,
    sandboxStreams,
    metricStreams,
    templateStreams,
    buildLogs,
    isClosed: () => closing.signal.aborted,
  };
}

/** Asks to be admitted, connects, and tells what is pushed until it ends or is aborted. */
async function* stream<T>(
  id: string,
  options: StreamOptions,
  now: () => Stamp,
  connected: FakeStream<T>[],
): AsyncGenerator<StreamSignal<T>> {
  const queue: StreamSignal<T>[] = [];
  const {signal} = options;
  let isOver = false;
  let wake: () => void = () => undefined;
  const push = (told: Untimed<StreamSignal<T>>) => {
    queue.push({...told, at: now()} as StreamSignal<T>);
    wake();
  };
  const abort = () => push({type: 'ended', failure: failureOf('cancelled', 'cancelled')});

  await options.admit?.();
  if (signal.aborted) abort();
  else connected.push({id, options, connectedAt: now(), push, isOver: () => isOver});
  signal.addEventListener('abort', abort, {once: true});
  try {
    for (;;) {
      const told = queue.shift();
      if (told) yield told;
      if (told?.type === 'ended') return;
      if (queue.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    isOver = true;
    signal.removeEventListener('abort', abort);
  }
}

/** An answer as it comes from the door. */
export const answered = <T>(value: T, over: Partial<Answer<T>> = {}): Answer<T> => ({
  value,
  status: 200,
  requestId: 'req_1',
  sentAt: 0,
  ...over,
});

/** A page of the list; the last one unless `over` says more. */
export const page = (ids: readonly string[], over: Partial<SandboxPage> = {}): SandboxPage => ({
  patches: ids.map((id): SandboxPatch => ({id, status: 'running'})),
  unreadable: 0,
  hasMore: false,
  nextCursor: undefined,
  ...over,
});
