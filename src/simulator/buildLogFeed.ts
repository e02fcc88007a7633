import {encode} from 'eventsource-encoder';
import {buildLogEvents} from '../contract/build.ts';
import type {Heart, Leave, Sink} from './broadcast.ts';
import {type Build, buildStatus, isFinal, logLines} from './build.ts';

/** Logs of builds as streams (OpenAPI; docs.hopx.dev get-template-build-logs). */
export type BuildLogFeed = {
  /** Writes every line from the first on; ends with the build. */
  readonly open: (buildId: string, sink: Sink) => Leave;
  /** A build has got further. */
  readonly changed: (buildId: string) => void;
};

export type BuildLogFeedOptions = {
  readonly get: (buildId: string) => Build | undefined;
  readonly heart: Heart;
  readonly opening: string;
};

export function createBuildLogFeed({get, heart, opening}: BuildLogFeedOptions): BuildLogFeed {
  const readers = new Map<string, Set<() => void>>();
  return {
    open(buildId, sink) {
      const rest = heart.add(sink);
      let told = 0;
      const leave = () => {
        rest();
        const others = readers.get(buildId);
        others?.delete(tell);
        if (others?.size === 0) readers.delete(buildId);
      };
      const tell = () => {
        const build = get(buildId);
        if (!build) return;
        for (const line of logLines(build, told)) sink.write(event(buildLogEvents.line, line));
        told = build.reached;
        if (!isFinal(build)) return;
        sink.write(event(buildLogEvents.done, {status: buildStatus(build)}));
        leave();
        sink.end();
      };
      readers.set(buildId, (readers.get(buildId) ?? new Set()).add(tell));
      if (opening !== '') sink.write(opening);
      tell();
      return leave;
    },
    changed(buildId) {
      for (const tell of [...(readers.get(buildId) ?? [])]) tell();
    },
  };
}

const event = (name: string, data: object) => encode({event: name, data: JSON.stringify(data)});
