import {describe, expect, test} from 'vitest';
import {told} from './given.ts';
import {admitted, at, fleetOf, kind, live, markAll, plan, refusal, yes} from './many.ts';

describe('an act on many', () => {
  test('that stood still after failures goes on at the first Enter, though some waited for the limiter then', () => {
    const held = live(told(fleetOf(6), markAll, plan('pause')), [yes()], {reply: () => []});
    const failing = ['s00', 's01', 's02'].flatMap((id, index) => [
      admitted(1000 + index * 100, id),
      refusal(1050 + index * 100, 'pause', id, {kind: 'forbidden', message: 'not yours', status: 403}),
    ]);
    const halted = live(held.state, failing, {reply: () => []});
    expect(halted.state.bulk).toMatchObject({pausedBy: '3 failures in a row, the last: refused: not yours'});
    const resumed = live(halted.state, [{type: 'bulk.resumed', ...at(3000)}], kind);
    expect(resumed.state.bulk?.counts).toMatchObject({done: 3, failed: 3, waiting: 0});
  });

  test('of which the connections are refused has sent nothing: not tried, it stands still, and Enter goes on with them', () => {
    const unreached = {kind: 'unreachable', status: undefined, message: 'it refused the connection'} as const;
    const going = live(told(fleetOf(5), markAll, plan('pause')), [yes()], {
      reply: (effect, ms) =>
        effect.do === 'send' ? [refusal(ms, 'pause', effect.id, unreached)] : kind.reply(effect, ms),
    });
    expect(going.state.bulk?.counts).toMatchObject({waiting: 5, failed: 0, running: 0});
    expect(going.state.bulk?.pausedBy).toBe('3 failures in a row, the last: pause not sent: it refused the connection');
    const resumed = live(going.state, [{type: 'bulk.resumed', ...at(3000)}], kind);
    expect(resumed.state.bulk?.counts).toMatchObject({done: 5, waiting: 0});
  });
});
