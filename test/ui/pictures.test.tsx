import {expect, test} from 'vitest';
import {deleteQuestion, sketch} from './fleet.ts';
import {show} from './show.tsx';

const linesOf = (picture: string, from: number, to?: number) => picture.split('\n').slice(from, to).join('\n');

test('80x24: list, two lines on the selected, three events', () => {
  expect(show(sketch(), 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…             LIVE   budget 87/100
     run 5  crt 1  pau 1  stp 0  err 1  gone 1  <10m 3  2 of 5 sampled
     8 sandboxes, 1 gone                                             sort EXPIRES ↑
      SANDBOX             STATUS     TEMPLATE    REGION     AGE  EXPIRES   CPU   MEM
    > sb_9f3a71c204       running    agent-py311 us-east  3h11m  ! 01:48 ▄ 50% ▅ 61%
      sb_02bd77e1aa       running    agent-py311 us-east    57m    04:10 ▄ 50% ▅ 61%
      sb_71ee0094fd       running    agent-node… eu-west    59m    09:55     ·     ·
      sb_a1c4d2f009       paused     agent-py311 us-east    59m      21m     -     -
      sb_c88f10a2b6       running    agent-node… us-east    59m      40m     ·     ·
      sb_3f6721de90       running    agent-py311 eu-west  6d01h     none     ·     ·
      sb_5d0e3b8c77       creating   agent-py311 us-east     4s        ?     -     -
      sb_77a0c5e8f2       †expired?  agent-py311 us-east    58m gone 12s     -     -
      sb_e0b95a4c13       error      agent-py311 us-east    11m        ?     -     -

      · not sampled (2 of 5 are)   - not applicable   ? not told

    ────────────────────────────────────────────────────────────────────────────────
     sb_9f3a71c204  2 vCPU  4.0G  10G disk  node n-114  https://sb_9f3a71c204.hopx.…
     CPU ▁▁▁░░░▆▇▇▇▇▇▇▇▇▆▅  50%  peak 95%    MEM ▅▅▅░░░▅▅▅▅▅▅▅▅▅▅▅  61%  peak 61%
    ────────────────────────────────────────────────────────────────────────────────
     14:02:11     expired   sb_77a0c5e8f2       timeout reached (1h), disk deleted
     14:02:07 you extend    sb_a1c4d2f009       14:14:00 -> 14:44:00      200 r_8bf
     14:01:58     created   sb_5d0e3b8c77       agent-py311 us-east
     Space mark P pause X stop e +30m E timeout D delete a acts / find : cmd ? help"
  `);
});

test('160x48: list, detail and events', () => {
  expect(show(sketch(), 160, 48)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…                                                                                             LIVE   budget 87/100
     running 5   creating 1   paused 1   stopped 0   error 1   gone 1   expiring <10m 3   2 of 5 sampled
    ╭─ Sandboxes ────────────────────────────────────────────────────────────────────────────────────╮╭─ sb_9f3a71c204 ────────────────────────────────────────────╮
    │ 8 sandboxes, 1 gone                                                             sort EXPIRES ↑ ││ status    running  as of 14:02:11                          │
    │  SANDBOX              STATUS       TEMPLATE            REGION      AGE   EXPIRES    CPU    MEM ││ template  agent-py311                                      │
    │> sb_9f3a71c204        running      agent-py311         us-east   3h11m   ! 01:48  ▄ 50%  ▅ 61% ││ region    us-east                                          │
    │  sb_02bd77e1aa        running      agent-py311         us-east     57m     04:10  ▄ 50%  ▅ 61% ││ node      n-114                                            │
    │  sb_71ee0094fd        running      agent-node20        eu-west     59m     09:55      ·      · ││ size      2 vCPU  4.0G  10G disk                           │
    │  sb_a1c4d2f009        paused       agent-py311         us-east     59m       21m      -      - ││ created   10:50:11  3h11m ago                              │
    │  sb_c88f10a2b6        running      agent-node20        us-east     59m       40m      ·      · ││ expires   14:03:59  ! 01:48  DELETES DISK                  │
    │  sb_3f6721de90        running      agent-py311         eu-west   6d01h      none      ·      · ││ timeout   2h00m  e +30m -> 14:33                           │
    │  sb_5d0e3b8c77        creating     agent-py311         us-east      4s         ?      -      - ││ token     15 Nov 12:02  in 22h                             │
    │  sb_77a0c5e8f2        †expired?    agent-py311         us-east     58m  gone 12s      -      - ││ internet  on                                               │
    │  sb_e0b95a4c13        error        agent-py311         us-east     11m         ?      -      - ││ mode      live                                             │
    │                                                                                                ││ host      https://sb_9f3a71c204.hopx.dev                   │
    │  · not sampled (2 of 5 are)   - not applicable   ? not told                                    ││ ids       template tpl_1  org 42                           │
    │                                                                                                ││                                                            │
    │                                                                                                ││ CPU 50%  of 2 vCPU                          peak 95% 13:56 │
    │                                                                                                ││ 100│⣤⣶⣶⣦⣄                 ⣠⣴⣶⣶⣤⣀           ░░░  ⢀⣤⣶⣶⣶⣤⡀    │
    │                                                                                                ││    │⣿⣿⣿⣿⣿⣷⣆             ⣠⣾⣿⣿⣿⣿⣿⣿⣷⡄         ░░░⢀⣴⣿⣿⣿⣿⣿⣿⣿⣦⡀  │
    │                                                                                                ││  50│⣿⣿⣿⣿⣿⣿⣿⣷⣀         ⢀⣼⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣦⡀       ░░░⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⡄ │
    │                                                                                                ││    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣦⡀     ⢀⣰⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣄      ░░░⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ │
    │                                                                                                ││   0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣦⣄⣀⣠⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦⣀⣀⣠⡄░░░⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ │
    │                                                                                                ││     -10m                                               now │
    │                                                                                                ││ MEM 61%  2.5G of 4.0G                       peak 61% 14:02 │
    │                                                                                                ││ 100│                                       ░░░             │
    │                                                                                                ││    │                                       ░░░             │
    │                                                                                                ││  50│     ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣴⣶⣶⣶⣶⣶⣶⣶⡆░░░⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ │
    │                                                                                                ││    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇░░░⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ │
    │                                                                                                ││   0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇░░░⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ │
    │                                                                                                ││     -10m                                               now │
    │                                                                                                ││ DISK 61%  6.1G of 10G  ━━━━━━────     last sample 14:02:11 │
    │                                                                                                ││ EXEC active 2  total 418  errors 3  per min 30  p95 840 ms │
    │                                                                                                ││                                                            │
    │                                                                                                ││                                                            │
    │                                                                                                ││                                                            │
    ╰────────────────────────────────────────────────────────────────────────────────────────────────╯╰────────────────────────────────────────────────────────────╯
    ╭─ Events ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── all 4   mine 1   errors 0 ─╮
    │ 14:02:11     expired   sb_77a0c5e8f2         timeout reached (1h), disk deleted                                                                       stream │
    │ 14:02:07 you extend    sb_a1c4d2f009         14:14:00 -> 14:44:00                                                                                  200 r_8bf │
    │ 14:01:58     created   sb_5d0e3b8c77         agent-py311 us-east                                                                                      stream │
    │ 14:01:42     gap       stream lost, 11s; the list was read anew                                                                                       client │
    │                                                                                                                                                              │
    │                                                                                                                                                              │
    │                                                                                                                                                              │
    │                                                                                                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter detail  Space mark  * mark all  P pause  X stop  e extend  E timeout  D delete  a actions  / filter  o sort  : commands  ? help  q quit"
  `);
});

test('80x24: the detail over the whole screen', () => {
  expect(show(sketch({detailOpen: true}), 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…             LIVE   budget 87/100
     run 5  crt 1  pau 1  stp 0  err 1  gone 1  <10m 3  2 of 5 sampled
    ─ sb_9f3a71c204  1 of 9  [Overview] Events JSON ───────────────── 1m [10m] 60m ─
     running  as of 14:02:11   expires 14:03:59  ! 01:48  DELETES DISK
     timeout 2h00m  e +30m -> 14:33   template agent-py311   region us-east
     node n-114   size 2 vCPU  4.0G  10G disk   created 10:50:11  3h11m ago
     token 15 Nov 12:02  in 22h   host https://sb_9f3a71c204.hopx.dev   internet on
     mode live   ids template tpl_1  org 42
     CPU 50%  of 2 vCPU                       10m: avg 57%  p95 95%  peak 95% 13:56
     100│⣤⣶⣶⣶⣶⣶⣦⣤⣀⡀                   ⢀⣠⣤⣶⣶⣶⣶⣶⣶⣤⣄⡀            ░░░░░  ⢀⣠⣴⣶⣶⣶⣶⣶⣶⣤⣀⡀
      50│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣤⣀            ⢀⣠⣴⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦⣀         ░░░░░⢰⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦
       0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣤⣄⣀⣀⣀⣀⣀⣤⣴⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣤⣄⣀⣀⣀⣀⣀░░░░░⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
         -10m                                                                   now
     MEM 61%  2.5G of 4.0G                    10m: avg 50%  p95 61%  peak 61% 14:02
     100│                                                     ░░░░░
      50│⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣠⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣴⣶⣶⣶⣶░░░░░⢰⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶
       0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿░░░░░⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
         -10m                                                                   now
     DISK 61%  6.1G of 10G  ━━━━━━────                         last sample 14:02:11
     EXEC active 2  total 418  errors 3  per min 30  p95 840 ms



     P pause e +30m E timeout T token D delete Esc back [ ] tab , . span ? help"
  `);
});

test('60x15: the list alone', () => {
  expect(show(sketch(), 60, 15)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev          LIVE   budget 87/100
     run 5  crt 1  pau 1  err 1  gone 1  <10m 3  2 of 5 sampled
     8 sandboxes, 1 gone                         sort EXPIRES ↑
      SANDBOX             STATUS        AGE  EXPIRES   CPU   MEM
    > sb_9f3a71c204       running     3h11m  ! 01:48 ▄ 50% ▅ 61%
      sb_02bd77e1aa       running       57m    04:10 ▄ 50% ▅ 61%
      sb_71ee0094fd       running       59m    09:55     ·     ·
      sb_a1c4d2f009       paused        59m      21m     -     -
      sb_c88f10a2b6       running       59m      40m     ·     ·
      sb_3f6721de90       running     6d01h     none     ·     ·
      sb_5d0e3b8c77       creating       4s        ?     -     -
      sb_77a0c5e8f2       †expired?     58m gone 12s     -     -
      sb_e0b95a4c13       error         11m        ?     -     -

     Space mark P pause e +30m E timeout D delete a acts ? help"
  `);
});

test('40x10: counts and the next five to expire', () => {
  expect(show(sketch(), 40, 10)).toMatchInlineSnapshot(`
    " hopx-top  prod    LIVE   budget 87/100
     run 5  crt 1  pau 1  err 1  <10m 3
    ─ next to expire ───────────────────────
    >! 01:48  sb_9f3a71c204         running
       04:10  sb_02bd77e1aa         running
       09:55  sb_71ee0094fd         running
         21m  sb_a1c4d2f009         paused
         40m  sb_c88f10a2b6         running
    > sb_9f3a71c204  running          1 of 9
     Enter detail  / filter  ? help  q quit"
  `);
});

test('smaller still: one line', () => {
  expect(show(sketch(), 36, 3)).toMatchInlineSnapshot(`
    "LIVE run 5 cre 1 pau 1 err 1  next …

    "
  `);
});

test('the question before a delete says what, where, and what is lost', () => {
  expect(linesOf(show(sketch({dialog: deleteQuestion}), 80, 24), 3, 21)).toMatchInlineSnapshot(`
    "  SANDBOX             STATUS     TEMPLATE    REGION     AGE  EXPIRES   CPU   MEM
    > sb_9f╭─ Delete 1 sandbox ─────────────────────────────────────────────╮% ▅ 61%
      sb_02│ It cannot be undone: the sandbox and its disk are lost.        │% ▅ 61%
      sb_71│                                                                │·     ·
      sb_a1│ sandbox    sb_9f3a71c204                                       │-     -
      sb_c8│ profile    prod  host api.hopx.dev                             │·     ·
      sb_3f│ status     running                                             │·     ·
      sb_5d│ template   agent-py311                                         │-     -
      sb_77│ region     us-east                                             │-     -
      sb_e0│ size       2 vCPU  4.0G  10G disk                              │-     -
           │ expires    15:02:11  59m                                       │
      · not│                                                                │
           │ Type c204 to delete it: c2                                     │
    ───────│                                                                │───────
     sb_9f3│   [ Cancel ]     Delete                                        │.hopx.…
     CPU ▁▁╰────────────────────────────────────────────────────────────────╯ 61%
    ────────────────────────────────────────────────────────────────────────────────
     14:02:11     expired   sb_77a0c5e8f2       timeout reached (1h), disk deleted"
  `);
});

test('help at 80x24 begins with the keys', () => {
  expect(show(sketch({overlay: {kind: 'help', index: 0}}), 80, 24)).toMatchInlineSnapshot(`
    " Help   page 1 of 3: Down   Esc closes
    ────────────────────────────────────────────────────────────────────────────────
     MOVE                                    ACT
     Up k         one up                     S            start a stopped sandbox
     Down j       one down                   e            extend by 30 min
     PgUp Ctrl-U  one page up                E            set the exact timeout
     PgDn Ctrl-F  one page down              T            renew the access token
     g Home       to the first               D            delete with disk (typed)
     G End        to the last                u            take back what waits
                                             N            make a new sandbox
     FIND                                    a F9         all acts, as commands too
     / F4         filter while you type
     x            only what expires soon     MARK
     !            only what has failed       Space        mark, or unmark
     o F6         choose the sort column     V            mark up to here
     <            sort one column left       *            mark all that is shown
     >            sort one column right      U            unmark all
     I            turn the order round       b            ledger of a bulk act

     ACT                                     SEE
     P            pause: nothing is lost     Enter        the sandbox, whole screen
     R            resume a paused sandbox    Esc          clear filter, then marks
     X            stop: memory lost (y/N)    p            pin to the top, or unpin
     Up previous  Down next  Esc close"
  `);
});
