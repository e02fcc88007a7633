import {describe, expect, test} from 'vitest';
import {cellWidth} from '../../src/terminal/text.ts';
import {buildsView, deleteQuestion, logView, specQuestion, templatesView} from './buildViews.ts';
import {show} from './show.tsx';

const pictures = {templatesView, buildsView, logView, specQuestion, deleteQuestion};

describe.each(Object.entries(pictures))('%s', (_, state) => {
  test.each([
    [160, 48],
    [80, 24],
    [60, 15],
    [40, 10],
    [30, 5],
  ])('fills %ix%i, and no line is wider', (columns, rows) => {
    const lines = show(state, columns, rows).split('\n');
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  });
});

test('80x24: templates', () => {
  expect(show(templatesView, 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y                               LIVE
     run 6  crt 0  pau 0  stp 0  err 0  gone 0  <10m 0  0 of 6 sampled
     4 templates   1 building                                                  LIVE
      TEMPLATE               ACCESS   STATUS      SIZE        UPDATED     SANDBOXES
    > agent-node20           private  building    2c/4G/10G   2h00m ago           0
      agent-py311            private  active      2c/4G/10G   2h00m ago           4
      odd                    ?        ?           ?           ?                   0
      code-interpreter       public   active      2c/4G/10G   12d ago             2









    ─ agent-node20 ─────────────────────────────────────────────────────────────────
     name Agent Python   id 74   build b_5518
     Python 3.11 with the agent
     category development   language python   size 2c/4G/10G
     created 2 Nov 14:02   updated 12:02:11
     access private   sandboxes 0
     Enter its build  N new sandbox  B build  D delete  Esc back  r re-read  ? help"
  `);
});

test('why a template cannot be deleted, and what went wrong with it, is there before a key is tried', () => {
  const at = (id: string, status?: string) => {
    const {rows} = templatesView.templates;
    const row = rows.get(id);
    const failed = row && status !== undefined ? rows.set(id, {...row, status}) : rows;
    return show(
      {...templatesView, builds: buildsView.builds, templates: {...templatesView.templates, rows: failed, cursor: id}},
      80,
      24,
    );
  };
  expect(at('73')).toContain('access private   sandboxes 4   D blocked: 4 sandboxes use it');
  expect(at('1')).toContain('access public   sandboxes 2   D blocked: it is public');
  expect(at('74')).toMatch(/access private {3}sandboxes 0$/m);
  expect(at('73', 'failed')).toContain(' apt exit 100: could not find the package');
});

test('a size is whole where there is room', () => {
  const {rows} = templatesView.templates;
  const large = rows.map((row) => ({...row, vcpu: 16, memoryBytes: 128 * 1024 ** 3, diskBytes: 100 * 1024 ** 3}));
  const state = {...templatesView, templates: {...templatesView.templates, rows: large}};
  expect(show(state, 120, 40)).toContain(' 16c/128G/100G ');
});

test('a log that has ended is followed by nobody, and a search says how much it finds', () => {
  const {log} = logView.builds;
  if (!log) throw new Error('the log is open');
  const ended = {...logView, builds: {...logView.builds, log: {...log, phase: 'ended' as const, search: 'packages'}}};
  const title =
    show(ended, 120, 40)
      .split('\n')
      .find((line) => line.includes('line ')) ?? '';
  expect(title).toContain('search packages  1 line ');
  expect(title).not.toContain('following');
});

test('of how sure we are the end is cut, not the counts', () => {
  const reason = 'api.hopx.dev refused the connection, and nobody knows for how long it will go on';
  const templates = {...buildsView.templates, phase: 'failed' as const, reason};
  expect(show({...buildsView, templates}, 80, 24)).toMatch(/^ 2 builds known {3}1 under way {2}templates FAILED.*…$/m);
});

test('60x15: templates', () => {
  expect(show(templatesView, 60, 15)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y           LIVE
     run 6  0 of 6 sampled
     4 templates   1 building                              LIVE
      TEMPLATE                STATUS      SIZE        SANDBOXES
    > agent-node20            building    2c/4G/10G           0
      agent-py311             active      2c/4G/10G           4
      odd                     ?           ?                   0
      code-interpreter        active      2c/4G/10G           2



    ─ agent-node20 ─────────────────────────────────────────────
     name Agent Python   id 74   build b_5518
     Python 3.11 with the agent
     Enter its build  N new sandbox  B build  Esc back  ? help"
  `);
});

test('40x10: templates', () => {
  expect(show(templatesView, 40, 10)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev      LIVE
     run 6  0 of 6 sampled
     4 templates   1 building          LIVE
      TEMPLATE        STATUS      SANDBOXES
    > agent-node20    building            0
      agent-py311     active              4
      odd             ?                   0
      code-interpre…  active              2

     Enter its build  Esc back  ? help"
  `);
});

test('80x24: builds', () => {
  expect(show(buildsView, 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y                               LIVE
     run 6  crt 0  pau 0  stp 0  err 0  gone 0  <10m 0  0 of 6 sampled
     2 builds known   1 under way                                    templates LIVE
      BUILD                   TEMPLATE          STATUS      PROGRESS           TIME
      b_5518                  agent-node20      building    ━━━━━╌╌╌  66%     03:00
    > b_5512                  agent-py311       failed      ━━━╌╌╌╌╌  40%     00:58











    ─ Build b_5512 ─────────────────────────────────────────────────────────────────
     failed  as of 14:02:11   template agent-py311 (73)
     started 13 Nov 14:02   completed ?   took 00:58
     step RUN npm ci
     apt exit 100: could not find the package

     Enter log B build 1 sandboxes 2 templates 4 events Esc back r re-read ? help"
  `);
});

test('160x48: a build says what it does, and why it failed', () => {
  const seen = show(buildsView, 160, 48);
  expect(seen).toMatch(/b_5518 +agent-node20 +building +━+╌+ +66% +03:00 +RUN npm ci/);
  expect(seen).toMatch(/b_5512 +agent-py311 +failed +━+╌+ +40% +00:58 +RUN npm ci +apt exit 100: could not find/);
});

test('80x24: a log', () => {
  expect(show(logView, 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y                               LIVE
     run 6  crt 0  pau 0  stp 0  err 0  gone 0  <10m 0  0 of 6 sampled
     b_5518  agent-node20  building as of 14:02:11         line 60 of 60, following
     ━━━━━━━━━━━━━╌╌╌╌╌╌╌ 66%   ETA 01:20 (server)   for 03:00  RUN npm ci     LIVE
     14:01:52  INFO  [41] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:53  WARN  [42] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:54  INFO  [43] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:55  INFO  [44] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:56  INFO  [45] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:57  INFO  [46] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:58  INFO  [47] RUN npm ci, and a line that goes on beyond the end of the…
     14:01:59  INFO  [48] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:00  WARN  [49] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:01  INFO  [50] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:02  INFO  [51] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:03  INFO  [52] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:04  INFO  [53] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:05  INFO  [54] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:06  INFO  [55] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:07  WARN  [56] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:08  INFO  [57] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:09  INFO  [58] RUN npm ci, and a line that goes on beyond the end of the…
     14:02:10  INFO  [59] RUN npm ci, and a line that goes on beyond the end of the…
     / search  w wrap  t times  s save  Esc back  1 sandboxes  r re-read  ? help"
  `);
});

test('40x10: a log', () => {
  expect(show(logView, 40, 10)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev      LIVE
     run 6  0 of 6 sampled
     b_5518  age…  line 60 of 60, following
     ━━━━━━━╌╌╌ 66%   ETA 01:20 (ser…  LIVE
     14:02:06  INFO  [55] RUN npm ci, and a…
     14:02:07  WARN  [56] RUN npm ci, and a…
     14:02:08  INFO  [57] RUN npm ci, and a…
     14:02:09  INFO  [58] RUN npm ci, and a…
     14:02:10  INFO  [59] RUN npm ci, and a…
     / search w wrap t times Esc back ? help"
  `);
});

test('80x24: what a spec would send', () => {
  expect(show(specQuestion, 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y                               LIVE
     run 6  crt 0  pau 0  stp 0  err 0  gone 0  <10m 0  0 of 6 sampled
     2 builds known   1 under way                                    templates LIVE
      BUILD                   TEMPLATE          STATUS      PROGRESS           TIME
      ╭─ Build from a spec ──────────────────────────────────────────────────────╮0
    > │ template   agent-node20  (built anew)                                    │8
      │ from       node:20-bookworm                                              │
      │ size       2 vCPU  4096 MB  10 GB disk                                   │
      │ steps      9   spec agent.yaml                                           │
      │ profile    prod  host api.hopx.dev                                       │
      │ copy       app -> /app   3 files, 6.2K                                   │
      │ 3 files leave this machine: 6,300 bytes, 2.1K packed                     │
      │   app/index.js                                                     4,000 │
      │   app/package.json                                                   300 │
      │   app/read.me                                                      2,000 │
      │                                                                          │
      │ Really build it?  y / N                                           1 of 3 │
    ─ │   [ Cancel ]     Build                                                   │──
     f╰──────────────────────────────────────────────────────────────────────────╯
     started 13 Nov 14:02   completed ?   took 00:58
     step RUN npm ci
     apt exit 100: could not find the package

     Esc cancel  Enter press the button  y yes  Tab other button  Down files"
  `);
});

test('40x10: what a spec would send', () => {
  expect(show(specQuestion, 40, 10)).toMatchInlineSnapshot(`
    " ╭─ Build from a spec ────────────────╮
     │ template   agent-node20  (built an…│
     │ from       node:20-bookworm        │…
     │ profile    prod  host api.hopx.dev │
     │ 3 files leave: 6,300 bytes         │
    >│   app/index.js               4,000 │
     │ Really build it?  y / N     1 of 3 │
     │   [ Cancel ]     Build             │
     ╰────────────────────────────────────╯
     Esc cancel Enter press the button y yes"
  `);
});

test('80x24: a delete', () => {
  expect(show(deleteQuestion, 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_k3y                               LIVE
     run 6  crt 0  pau 0  stp 0  err 0  gone 0  <10m 0  0 of 6 sampled
     4 templates   1 building                                                  LIVE
      TEMPLATE               ACCESS   STATUS      SIZE        UPDATED     SANDBOXES
    > ╭─ Delete 1 template ──────────────────────────────────────────────────────╮0
      │ It cannot be undone: no sandbox can be made of it any more.              │4
      │                                                                          │0
      │ template   agent-node20                                                  │2
      │ id         74                                                            │
      │ profile    prod                                                          │
      │ host       api.hopx.dev                                                  │
      │ status     building                                                      │
      │ size       2c/4G/10G                                                     │
      │ sandboxes  none uses it                                                  │
      │                                                                          │
      │ Type de20 to delete it:                                                  │
      │                                                                          │
    ─ │   [ Cancel ]     Delete                                                  │──
     n╰──────────────────────────────────────────────────────────────────────────╯
     Python 3.11 with the agent
     category development   language python   size 2c/4G/10G
     created 2 Nov 14:02   updated 12:02:11
     access private   sandboxes 0
     Enter confirm  Esc cancel"
  `);
});

test('below that, one line says what is asked, and Esc takes it back', () => {
  expect(show(deleteQuestion, 30, 5).split('\n')[0]).toContain('delete? Esc');
});
