import {OrderedMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import type {Form} from '../../src/model/form.ts';
import type {State} from '../../src/model/state.ts';
import {unreadTemplates} from '../../src/model/templates.ts';
import {paintForm} from '../../src/ui/form.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {T0, WALL0} from '../support/builders.ts';
import {bytesOf} from '../support/keys.ts';
import {template} from '../support/templates.ts';
import {session, sketch} from './fleet.ts';
import {startApp} from './running.tsx';
import {show} from './show.tsx';

const form = (over: Partial<Form> = {}): Form => ({
  id: 'timeout',
  ids: ['sb_9f3a71c204'],
  values: {timeout: '2h'},
  field: 0,
  mistake: undefined,
  openedAt: T0,
  ...over,
});

const create = (over: Partial<Form> = {}): Form => form({id: 'create', ids: [], values: {internet: 'yes'}, ...over});

/** The form as it is read, without its border. */
function read(state: State, columns = 80, rows = 24): string {
  const theme = createTheme({colour: false});
  const lines = state.form ? paintForm(state, state.form, {columns, rows: rows - 1}, theme) : [];
  return lines
    .slice(1, -1)
    .map((line) =>
      line
        .slice(1, -1)
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

const sizes = [
  [160, 48],
  [80, 24],
  [60, 15],
  [40, 10],
] as const;

describe('a timeout', () => {
  test('shows what it would do, and where', () => {
    expect(read(sketch({form: form()}))).toMatch(
      /sandbox +sb_9f3a71c204\n profile +prod +host api\.hopx\.dev\n\n>timeout +2h\n/,
    );
    expect(read(sketch({form: form()}))).toMatch(
      /expires +\d\d:\d\d:\d\d \(in 01:48\) -> \d\d:\d\d:\d\d\n LONGER: it lives 1h58m more\./,
    );
    expect(read(sketch({form: form()}))).toContain('at its end the sandbox and its disk are');
  });

  test.each([
    [{timeout: '1m'}, 'sb_9f3a71c204', 'SHORTER: it would be deleted 48s sooner.'],
    [{timeout: '1d'}, 'sb_3f6721de90', 'It had no timeout: this gives it an END.'],
    [{timeout: '1d'}, 'sb_e0b95a4c13', 'What they have now may be longer'],
  ])('%j for %s: %s', (values, id, sentence) => {
    expect(read(sketch({form: form({values, ids: [id]})}))).toContain(sentence);
  });

  test('of several says how many, and of all the same', () => {
    const shown = show(sketch({form: form({ids: ['a', 'b', 'c']})}), 80, 24);
    expect(shown).toContain('Set the timeout of 3 sandboxes');
    expect(read(sketch({form: form({ids: ['a', 'b', 'c']})}))).toMatch(/expires +each \d\d:\d\d:\d\d \(in 2h\)/);
  });

  test('counts on while it is open', () => {
    const later = sketch({form: form(), now: T0 + 8000, wall: WALL0 + 8000});
    expect(read(later)).toContain('(in 01:40)');
  });
});

describe('a new sandbox', () => {
  test('says what an empty field means', () => {
    expect(read(sketch({form: create()}))).toMatch(
      />template +needed\n +the name of a template\n region +the server chooses\n timeout +none: it lives until it is deleted\n internet +yes\n env +no variables/,
    );
  });

  test('what is wrong stands under the field, and what the server said under all', () => {
    const mistake = {field: 2, text: 'A timeout is from 1s to 365d.'};
    const values = {template: 'python', timeout: '0', internet: 'yes'};
    expect(read(sketch({form: create({mistake, values})}))).toMatch(/ timeout +0\n A timeout is from 1s to 365d\.\n/);
    const told = {field: undefined, text: 'refused: insufficient balance'};
    expect(read(sketch({form: create({mistake: told})}))).toMatch(/ env +no variables\n refused: insufficient balance/);
  });

  describe('of a template', () => {
    const names = ['nodejs', 'python', 'python-ml'];
    const rows = OrderedMap(names.map((name, index) => [String(index), template({id: String(index), name})]));
    const typing = (text: string, field = 0) =>
      sketch({
        templates: {...unreadTemplates, rows},
        form: create({field, values: {template: text, internet: 'yes'}}),
      });

    test('shows those that are known, narrowed by what is typed', () => {
      expect(read(typing(''))).toMatch(/\n +nodejs {2}python {2}python-ml\n/);
      expect(read(typing('pyt'))).toMatch(/\n +python {2}python-ml\n/);
    });

    test('that is none of them is doubted, in its field and past it', () => {
      expect(read(typing('nod'))).toContain('no template is called nod: nodejs?');
      expect(read(typing('nod', 1))).toContain('no template is called nod: nodejs?');
      expect(read(typing('nodejs', 1))).not.toContain('is called');
    });
  });

  test('says what Enter does, in the footer too', () => {
    expect(show(sketch({form: create()}), 80, 24)).toContain('Enter next field');
    expect(show(sketch({form: create({field: 4})}), 80, 24)).toContain('Enter create it');
    expect(show(sketch({form: form()}), 80, 24)).toContain('Enter set it');
    expect(read(sketch({form: create()}))).toContain('Enter: the next field');
    expect(read(sketch({form: create({field: 4})}))).toContain('Enter: create it');
  });
});

describe.each(sizes)('at %ix%i', (columns, rows) => {
  test('the field that has the focus, its text and the host can be read', () => {
    for (const field of [0, 1, 2, 3, 4]) {
      const values = {template: 'python', region: 'eu-west', timeout: '2h', internet: 'no', env: 'KEY=x'};
      const said = read(sketch({form: create({field, values})}), columns, rows);
      expect(said).toMatch(/host api\.hopx\.dev/);
      expect(said).toMatch(/^>\w+ +(python|eu-west|2h|no|KEY=••••)/m);
    }
    expect(read(sketch({form: form()}), columns, rows)).toMatch(/>timeout +2h/);
    expect(read(sketch({form: form()}), columns, rows)).toContain('LONGER');
  });

  test('what is wrong is said', () => {
    const mistake = {field: 0, text: 'A sandbox needs a template: write its name.'};
    const said = read(sketch({form: create({field: 0, mistake})}), columns, rows).replaceAll(/\n +/g, ' ');
    expect(said).toContain(mistake.text);
  });

  test('no value of a variable is anywhere', () => {
    const values = {env: `A="z0ne s3cret" B='s3cret' C=s3cret s3cret "s3cret`};
    for (const field of [0, 4]) {
      const shown = show(sketch({form: create({values, field})}), columns, rows);
      expect(shown).toContain('C=••••');
      expect(shown).not.toContain('s3cret');
      expect(shown).not.toContain('z0ne');
    }
  });
});

test('a long host is told to its last letter', () => {
  const host = 'sandbox-control.eu-west-1.prod.internal.example.com:8443';
  const said = read(sketch({form: create(), session: {...session, profile: 'production', host}}), 60, 15);
  expect(said.replaceAll(/\n */g, '')).toContain(host);
});

describe('with keys', () => {
  test('E, a duration, Enter: an act on that sandbox', async () => {
    using app = startApp();
    app.type('E');
    await expect.poll(app.picture).toContain('Set the timeout of 1 sandbox');
    app.type('2', 'h');
    app.clock.advance(500);
    app.type('\r');
    await expect.poll(app.picture).not.toContain('Set the timeout');
    await expect.poll(() => app.store.getState().lastAsked).toMatchObject({action: 'timeout', id: 'sb_0000'});
  });

  test('letters that act on the list are text here, and Esc sends nothing', async () => {
    using app = startApp();
    app.type('N', 'P', 'X', 'D', 'q');
    await expect.poll(() => app.line('template')).toContain('PXDq');
    app.clock.advance(500);
    app.type(bytesOf('escape'));
    await expect.poll(app.picture).not.toContain('Create a sandbox');
    expect(app.effects.filter(({do: kind}) => kind === 'create' || kind === 'act')).toEqual([]);
  });

  test('an Enter that was typed ahead sends nothing; neither does one at the end of a burst', async () => {
    using app = startApp();
    app.type('E', '2', 'h', '\r');
    await expect.poll(app.picture).toContain('Set the timeout');
    app.clock.advance(5000);
    app.type('0m\r');
    await expect.poll(app.picture).toContain('press Enter by itself');
    await expect
      .poll(() => app.store.getState())
      .toMatchObject({lastAsked: undefined, form: {values: {timeout: '2h0m'}}});
  });

  test('a paste is text of the field, one line of it', async () => {
    using app = startApp();
    app.type('N', '\u001b[200~my-template\nrm -rf\n\u001b[201~');
    await expect.poll(() => app.store.getState().form?.values.template).toBe('my-template');
  });

  test('a long secret is pasted whole, and shown nowhere', async () => {
    const secret = 'k'.repeat(3000);
    using app = startApp();
    app.type('N', bytesOf('up'), `\u001b[200~KEY=${secret}\u001b[201~`);
    await expect.poll(() => app.store.getState().form?.values.env).toBe(`KEY=${secret}`);
    await expect.poll(app.picture).toContain('KEY=••••');
    await expect.poll(app.picture).not.toContain('kkk');
  });

  test('field by field to a new sandbox', async () => {
    using app = startApp();
    app.type('N', bytesOf('right'), '\r', bytesOf('right'), '\r', '1', 'h', '\r', bytesOf('right'), '\r');
    app.clock.advance(1000);
    app.type('A', '=', '1', bytesOf('ctrl+w'), 'B', '=', '2', '\r');
    await expect.poll(() => app.effects.at(-1)).toEqual({do: 'create.ask'});
    const [at, wall] = [app.clock.monotonic(), app.clock.wall()];
    app.store.dispatch({type: 'create.admitted', at, wall}, 'key');
    expect(app.effects.at(-1)).toEqual({
      do: 'create',
      wish: {
        templateName: 'agent-py311',
        region: 'us-east',
        timeoutSeconds: 3600,
        internetAccess: false,
        envVars: {B: '2'},
      },
    });
    await expect.poll(app.picture).toContain('creating a sandbox of agent-py311…');
  });

  test('Enter on a mistake brings the focus to it; Ctrl-U empties it', async () => {
    using app = startApp();
    app.type('N', bytesOf('up'));
    app.clock.advance(1000);
    app.type('\r');
    await expect.poll(() => app.line('>template')).toContain('needed');
    await expect.poll(app.picture).toContain('A sandbox needs a template');
    app.type('x', 'y', bytesOf('backspace'));
    await expect.poll(() => app.line('>template')).toContain('x');
    app.type(bytesOf('ctrl+u'));
    await expect.poll(() => app.line('>template')).toContain('needed');
  });
});
