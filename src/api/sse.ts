import {createParser} from 'eventsource-parser';

/** One piece of an event stream, in the order of the bytes. */
export type SseItem =
  | {
      readonly type: 'message';
      /** `message` when the server named none. */
      readonly event: string;
      readonly data: string;
      /** The last event id so far: it persists over messages that carry none. */
      readonly id: string;
    }
  | {readonly type: 'comment'; readonly text: string}
  /** The server's reconnection time, as sent: nobody has judged it yet. */
  | {readonly type: 'retry'; readonly ms: number};

export type SseDecoder = {
  /** Whatever these bytes completed; cut anywhere, inside a character too. */
  readonly feed: (bytes: Uint8Array) => readonly SseItem[];
  /** The id of the last block that was complete, one without data included. */
  readonly lastEventId: () => string;
  /** True once an event or a line grew beyond the limit: nothing more is decoded. */
  readonly isOverflown: () => boolean;
};

export type SseOptions = {
  /** The most UTF-16 units an unfinished event may hold. */
  readonly mostCharacters?: number;
  /** The id known from an earlier connection. */
  readonly lastEventId?: string;
};

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes one connection's bytes (WHATWG HTML, 9.2.6). Invalid UTF-8 becomes U+FFFD; exactly one leading byte order
 * mark is dropped; an event that is not complete at the end is never told, nor is its id.
 */
export function createSseDecoder({mostCharacters, lastEventId: knownId = ''}: SseOptions = {}): SseDecoder {
  // ignoreBOM: the decoder would take away a second mark, which is text.
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  let lastEventId = knownId;
  let hasBegun = false;
  let isOverflown = false;
  let items: SseItem[] = [];

  const parser = createParser({
    maxBufferSize: mostCharacters,
    onId: (id) => {
      lastEventId = id;
    },
    onEvent: ({event = 'message', data}) => items.push({type: 'message', event, data, id: lastEventId}),
    onComment: (text) => items.push({type: 'comment', text}),
    onRetry: (ms) => items.push({type: 'retry', ms}),
    onError: (error) => {
      isOverflown ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  // The parser looks for a mark of its own, the bytes EF BB BF read as Latin-1 included: an empty line ends that.
  parser.feed('\n');

  return {
    feed(bytes) {
      if (isOverflown) return [];
      items = [];
      const text = decoder.decode(bytes, {stream: true});
      parser.feed(!hasBegun && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
      hasBegun ||= text !== '';
      return items;
    },
    lastEventId: () => lastEventId,
    isOverflown: () => isOverflown,
  };
}
