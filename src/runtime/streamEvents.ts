import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Event} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {isDenied} from './failures.ts';

type Lost = Extract<StreamSignal<SandboxNews>, {type: 'lost'}>;

export const lost = ({at, failure, attempt, retryInMs}: Lost): Event => ({
  type: 'stream.lost',
  ...{at, failure, attempt},
  retryAt: at + retryInMs,
});

export const givenUp = (failure: Failure, at: Stamp): Event =>
  isDenied(failure) ? {type: 'access.denied', at, failure} : {type: 'stream.unsupported', at, reason: failure.message};

/** What one message of the sandbox stream means for the state. */
export function newsEvents(news: SandboxNews, at: Stamp): readonly Event[] {
  switch (news.kind) {
    case 'observed':
      return [{type: 'sandbox.observed', at, asOf: at, via: 'event', patch: news.patch, verb: news.verb}];
    case 'gone': {
      const gone = {type: 'sandbox.gone', at, asOf: at, id: news.id, via: 'event', verb: news.verb} as const;
      return [news.version === undefined ? gone : {...gone, version: news.version}];
    }
    case 'snapshot':
      return [{type: 'snapshot.observed', at, asOf: at, patches: news.patches}];
    case 'batch':
      return news.news.flatMap((one) => newsEvents(one, at));
    case 'hint':
      return [{type: 'hint.received', at, verb: news.verb, ...(news.id === undefined ? {} : {id: news.id})}];
    case 'unread':
      return [{type: 'event.unread', at, name: news.name, excerpt: news.excerpt}];
    case 'alive':
      return [];
  }
}
