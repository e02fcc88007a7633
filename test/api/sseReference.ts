/** One thing a stream told, as the decoder under test tells it. */
export type Told =
  | {readonly type: 'message'; readonly event: string; readonly data: string; readonly id: string}
  | {readonly type: 'comment'; readonly text: string}
  | {readonly type: 'retry'; readonly ms: number};

/**
 * WHATWG HTML 9.2.6 word for word, on the whole text at once: slow, and with nothing in common with the decoder but
 * the specification.
 */
export function readWhole(bytes: Uint8Array): {told: readonly Told[]; lastEventId: string} {
  const text = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes).replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\r|\n/);
  // What follows the last line end is no line.
  lines.pop();
  const told: Told[] = [];
  let [data, eventType, idBuffer, lastEventId] = ['', '', '', ''];
  const readField = (field: string, value: string) => {
    if (field === 'event') eventType = value;
    if (field === 'data') data += `${value}\n`;
    if (field === 'id' && !value.includes('\0')) idBuffer = value;
    if (field === 'retry' && /^[0-9]+$/.test(value)) told.push({type: 'retry', ms: Number.parseInt(value, 10)});
  };
  const dispatch = () => {
    lastEventId = idBuffer;
    if (data !== '') {
      told.push({type: 'message', event: eventType || 'message', data: data.replace(/\n$/, ''), id: lastEventId});
    }
    [data, eventType] = ['', ''];
  };
  for (const line of lines) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (line === '') dispatch();
    else if (colon === 0) told.push({type: 'comment', text: value});
    else if (colon < 0) readField(line, '');
    else readField(line.slice(0, colon), value);
  }
  return {told, lastEventId};
}
