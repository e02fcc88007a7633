import {Map as ImmutableMap, OrderedSet} from 'immutable';
import {expect, test} from 'vitest';
import type {Dialog} from '../../src/model/act.ts';
import {parseFilter} from '../../src/model/filter.ts';
import {row, sandbox, T0} from '../support/builders.ts';
import {deleteQuestion, session, sketch, stateOf} from './fleet.ts';
import {show, showStyled} from './show.tsx';

const linesOf = (picture: string, from: number) => picture.split('\n').slice(from).join('\n');

test('a question on a stale screen, changed meanwhile, says both', () => {
  const link = {...sketch().link, phase: 'stale' as const, staleSince: T0 - 133_000, attempt: 5, retryAt: T0 + 8000};
  const asked: Dialog = {
    ...deleteQuestion,
    action: 'stop',
    consent: 'confirm',
    typed: '',
    changed: 'status is now paused',
  };
  const picture = show(sketch({link, dialog: asked}), 80, 24);
  expect(picture).toContain('STALE 02:13 (try 5, next 8s)');
  expect(picture).toContain('Changed meanwhile: status is now paused. Answer anew.');
  expect(picture).toContain('The screen is not live');
  expect(picture).toContain('Really stop it?  y / N');
});

test('what was said before a question makes way for the keys of the question', () => {
  const notice = {text: 'cannot pause what is stopped', tone: 'warn' as const, at: deleteQuestion.openedAt - 1000};
  expect(linesOf(show(sketch({notice, dialog: deleteQuestion}), 80, 24), 23)).toContain('Esc');
  const since = {...notice, at: deleteQuestion.openedAt + 1};
  expect(linesOf(show(sketch({notice: since, dialog: deleteQuestion}), 80, 24), 23)).toContain('cannot pause');
});

test('where nothing has expiry told of it, no count claims to be of all', () => {
  const {expiresAt: _, ...sparse} = sandbox();
  const rows = ['a', 'b'].map((id) => row({sandbox: {...sparse, id, expiresAt: undefined}}));
  const state = {...stateOf(rows), tallies: {...stateOf(rows).tallies, end: ImmutableMap({'?': 2})}};
  expect(show(state, 160, 48)).toContain('expiring <10m 0, 2 not told');
  expect(show(state, 80, 24)).toContain('<10m 0+');
  expect(show(state, 80, 24)).toContain('sort EXPIRES ↑, 0 of 2 told');
});

test('read-only: the badge, and no key that changes anything', () => {
  const state = sketch({session: {...session, readonly: true}});
  const picture = show(state, 80, 24);
  expect(picture).toContain('READ-ONLY');
  expect(linesOf(picture, 23)).toBe(' Enter detail Space mark * all / find o sort r re-read : cmd ? help q quit');
  const help = [0, 1, 2].map((index) => show({...state, overlay: {kind: 'help', index}}, 80, 24)).join('\n');
  expect(help).not.toContain('pause');
});

test('while the first list is read, how many there are is not known', () => {
  const reading = {...sketch().listing, phase: 'reading' as const, endedAt: undefined};
  expect(show(sketch({listing: reading}), 80, 24)).toContain('8 of ?, 1 gone');
});

test('a partial list never claims a total', () => {
  const partial = {...sketch().listing, phase: 'partial' as const};
  expect(show(sketch({listing: partial}), 80, 24)).toContain('8 of ?, the list is partial');
});

test('a scarce budget counts down', () => {
  const state = sketch({budget: {limit: 100, remaining: 12, resetAt: T0 + 38_000}});
  expect(show(state, 110, 30)).toContain('budget 12/100, resets in 38s');
});

test('unknown statuses are counted together, so that they push out nothing', () => {
  const odd = ['sleeping', 'migrating', 'melting'].map((status, index) =>
    row({sandbox: sandbox({id: `sb_${index}`, status})}),
  );
  expect(show(stateOf(odd), 110, 30)).toContain('other 3');
  expect(show(stateOf(odd.slice(0, 1)), 110, 30)).toContain('sleeping 1');
});

test.each([
  ['auth', 'access to api.hopx.dev denied: Invalid API key; q quits'],
  ['offline', 'api.hopx.dev cannot be reached, r tries now: Invalid API key'],
] as const)('with rows on the screen, %s is said at the foot with what to do', (phase, said) => {
  const link = {...sketch().link, phase, reason: 'Invalid API key', staleSince: T0};
  expect(show(sketch({link}), 80, 24)).toContain(said);
});

test('a reason that names the host again does not say it twice', () => {
  const reason = 'api.hopx.dev refused the connection';
  const link = {...sketch().link, phase: 'offline' as const, reason, staleSince: T0};
  expect(linesOf(show(sketch({link}), 80, 24), 23)).toMatch(
    /^ api\.hopx\.dev cannot be reached, r tries now: refused the connection(?: |$)/,
  );
});

test('a filter is whole before the counts behind the first', () => {
  const text = 'template=agent-py311 status=running region=us';
  const state = sketch({filter: {...sketch().filter, active: {...active, text}}});
  expect(linesOf(show(state, 80, 24), 2)).toContain(` filter ${text} (8 of 8) `);
  expect(linesOf(show(state, 110, 24), 2)).toContain(` filter ${text}   (8 of 8, 1 gone) `);
});

test('a notice has the keys beside it that are needed most, as many as fit', () => {
  const notice = {text: 'cannot pause what is stopped', tone: 'warn' as const, at: T0};
  expect(linesOf(show(sketch({notice}), 80, 24), 23)).toMatch(
    /^ cannot pause what is stopped +P pause e \+30m E timeout D delete a acts \? help$/,
  );
  const long = {...notice, text: 'cannot pause what is stopped '.repeat(3)};
  expect(linesOf(show(sketch({notice: long}), 80, 24), 23)).not.toContain('help');
});

test('with marks the footer names the acts on them, and how they are unmarked', () => {
  const marks = OrderedSet(['sb_9f3a71c204', 'sb_02bd77e1aa']);
  const line = linesOf(show(sketch({marks}), 80, 24), 23);
  for (const key of ['P pause', 'X stop', 'e +30m', 'E timeout', 'D delete', '* all', 'U unmark', 'a acts', ': cmd'])
    expect(line).toContain(` ${key}`);
  expect(linesOf(show(sketch({marks}), 160, 48), 47)).toContain(' Esc unmark ');
});

test('one sandbox at 80 columns: its acts, its tabs and the time of its charts', () => {
  const line = linesOf(show(sketch({detailOpen: true}), 80, 24), 23);
  for (const key of ['E timeout', 'D delete', 'T token', '[ ] tab', ', . span', 'Esc back'])
    expect(line).toContain(key);
});

const {active} = sketch().filter;
const none = stateOf([]);

test.each([
  ['no sandboxes', none, 'No sandboxes yet.'],
  [
    'nothing matches',
    sketch({order: none.order, filter: {...none.filter, active: {...active, text: 'zz'}}}),
    'Press Esc to clear the filter, / to change it.',
  ],
  [
    'not connected yet',
    stateOf([], {
      link: {...none.link, phase: 'connecting'},
      listing: {...none.listing, phase: 'never', endedAt: undefined},
    }),
    '  ⠋ Connecting to api.hopx.dev',
  ],
  [
    'access denied',
    stateOf([], {link: {...none.link, phase: 'auth', reason: 'Invalid API key'}}),
    'Invalid API key. Key: hopx_live_7f2c…',
  ],
  [
    'offline',
    stateOf([], {link: {...none.link, phase: 'offline', reason: 'connect ECONNREFUSED'}}),
    'press r to try now.',
  ],
] as const)('an empty list says why and what to do: %s', (_, state, said) => {
  expect(show(state, 80, 24)).toContain(said);
});

test.each([
  ['sb_71ee0094fd', 'not sampled yet: the request budget of 100 a minute leaves 20 streams a minute'],
  ['sb_a1c4d2f009', 'not sampled: only running sandboxes are'],
  ['sb_77a0c5e8f2', 'not sampled: it is gone'],
])('why %s has no charts is said', (id, reason) => {
  expect(show(sketch({cursor: {id, index: 2}}), 80, 24)).toContain(reason);
});

test('the same state is the same frame', () => {
  expect(showStyled(sketch(), 160, 48)).toBe(showStyled(sketch(), 160, 48));
});

/** Escape characters made visible, so that a pattern can name them. */
const visible = (text: string) => text.replaceAll('\u001b', '␛');

const codes = (text: string) =>
  new Set([...visible(text).matchAll(/␛\[([\d;]*)m/g)].flatMap(([, code]) => (code ?? '').split(';')));

test('NO_COLOR leaves bold, dim and inverse, and no colour', () => {
  const states = [
    sketch(),
    sketch({dialog: deleteQuestion}),
    sketch({overlay: {kind: 'help', index: 0}}),
    sketch({detailOpen: true}),
  ];
  const used = [...codes(states.map((state) => showStyled(state, 160, 48, false)).join(''))];
  expect(used.filter((code) => !['0', '1', '2', '7', '22', '27'].includes(code))).toEqual([]);
  expect(used).toContain('7');
});

test('with colour only the sixteen of the terminal are used', () => {
  const used = [...codes(showStyled(sketch(), 160, 48))].map(Number);
  expect(used.filter((code) => code >= 38 && code !== 39 && (code < 90 || code > 97))).toEqual([]);
  expect(used).toContain(32);
});

test('the row of the cursor is inverse over the whole list and has its mark', () => {
  const rows = showStyled(sketch({cursor: {id: 'sb_02bd77e1aa', index: 1}}), 80, 24).split('\n');
  expect(visible(rows[5] ?? '')).toMatch(/^␛\[7m> sb_02bd77e1aa .{60,}␛\[27m$/);
});

test('a filter that cannot be read is said at the foot, and which one still holds', () => {
  const parsed = parseFilter('agent');
  const active = 'filter' in parsed ? parsed.filter : expect.unreachable();
  const filter = {active, draft: 'agent foo=', mistake: 'There is no field "foo" (character 7).', before: active};
  const picture = show(sketch({filter}), 80, 24);
  expect(linesOf(picture, 23)).toContain('There is no field "foo" (character 7).');
  expect(picture).toContain('still "agent": 8 of 8, 1 gone');
});
