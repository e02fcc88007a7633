import {expect, test} from 'vitest';
import {createEffectRunner} from '../../src/runtime/effects.ts';
import {createTasks} from '../../src/runtime/tasks.ts';
import {settle} from '../support/settle.ts';

test('work that throws or rejects is reported, never thrown', async () => {
  const reported: unknown[] = [];
  const tasks = createTasks((error) => reported.push(error));
  tasks.start(() => {
    throw new Error('at once');
  });
  tasks.start(async () => {
    await settle();
    throw new Error('later');
  });
  await tasks.ended();
  expect(reported.map(String)).toEqual(['Error: at once', 'Error: later']);
});

test('the end waits for work that work began', async () => {
  const tasks = createTasks(() => undefined);
  const done: string[] = [];
  tasks.start(async () => {
    await settle();
    tasks.start(async () => {
      await settle();
      done.push('second');
    });
    done.push('first');
  });
  await tasks.ended();
  expect(done).toEqual(['first', 'second']);
});

test('every effect has its runner', () => {
  const ran: string[] = [];
  const note =
    (name: string) =>
    (...args: readonly unknown[]) => {
      ran.push([name, ...args.map((arg) => JSON.stringify(arg))].join(' '));
    };
  const noteLater = (name: string) => async (arg: unknown) => note(name)(arg);
  const run = createEffectRunner({
    lifecycle: {follow: async () => undefined, reconnect: note('reconnect'), renew: note('renew')},
    listing: {read: noteLater('list')},
    reading: {read: note('read'), want: note('want')},
    creating: {ask: noteLater('ask create'), create: noteLater('create'), sync: note('sync')},
    acting: {ask: noteLater('ask'), send: noteLater('send'), sync: note('sync')},
    building: {
      ...{readSpec: noteLater('spec'), build: noteLater('build'), ask: noteLater('ask build')},
      ...{start: noteLater('start'), sync: note('sync')},
    },
    templates: {
      sync: note('sync'),
      read: note('read templates'),
      ask: noteLater('ask template'),
      remove: noteLater('remove'),
    },
    terminal: {
      suspend: note('suspend'),
      redraw: note('redraw'),
      copy: note('copy'),
      quit: note('quit'),
      connect: async () => undefined,
    },
    files: {save: note('save')},
    journal: ({text}) => note('journal')(text),
    connect: noteLater('connect'),
    tasks: createTasks(note('mistake')),
  });
  run({do: 'list', run: 4});
  run({do: 'read', id: 'a', priority: 'act'});
  run({do: 'act', action: 'pause', id: 'a'});
  run({do: 'send', action: 'pause', id: 'a'});
  run({do: 'spec.read', path: 'a.yaml'});
  run({do: 'build', specId: 1, name: 'x'});
  run({do: 'build.ask', specId: 1});
  run({do: 'build.start', specId: 1, name: 'x'});
  const wish = {templateName: 't', region: undefined, timeoutSeconds: 60, internetAccess: true, envVars: {}};
  run({do: 'create.ask'});
  run({do: 'create', wish});
  run({do: 'reconnect'});
  run({do: 'renew'});
  run({do: 'suspend'});
  run({do: 'redraw'});
  run({do: 'templates.read'});
  run({do: 'template.ask', id: 't'});
  run({do: 'template.delete', id: 't'});
  run({do: 'quit'});
  run({do: 'save', what: 'the plan', path: 'a.txt', text: 'a'});
  run({do: 'connect', id: 'a'});
  expect(ran).toEqual([
    'list 4',
    'read "a" "act"',
    'ask {"do":"act","action":"pause","id":"a"}',
    'send {"do":"send","action":"pause","id":"a"}',
    'spec {"do":"spec.read","path":"a.yaml"}',
    'build {"do":"build","specId":1,"name":"x"}',
    'ask build {"do":"build.ask","specId":1}',
    'start {"do":"build.start","specId":1,"name":"x"}',
    'ask create {"do":"create.ask"}',
    'create {"do":"create","wish":{"templateName":"t","timeoutSeconds":60,"internetAccess":true,"envVars":{}}}',
    'reconnect',
    'renew',
    'suspend',
    'redraw',
    'read templates',
    'ask template "t"',
    'remove "t"',
    'quit',
    'save {"do":"save","what":"the plan","path":"a.txt","text":"a"}',
    'connect "a"',
  ]);
});
