import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import type {Template} from '../../src/model/template.ts';
import {usageOf} from '../../src/model/templateUse.ts';
import {T0} from '../support/builders.ts';
import {bare, template} from '../support/templates.ts';
import {begun, listed, patch, told} from './given.ts';

const read = (ms: number, templates: readonly Template[], asOf = ms): Event => ({
  type: 'templates.listed',
  at: T0 + ms,
  asOf: T0 + asOf,
  templates,
});
const heard = (ms: number, ...templates: readonly Template[]): Event => ({
  type: 'templates.observed',
  at: T0 + ms,
  templates,
});
const open: Event = {type: 'templates.stream', at: T0, isOpen: true, reason: undefined};
const names = ({templates}: State): readonly string[] => [...templates.rows.values()].map(({name}) => name);

const own = template();
const node = template({id: '74', name: 'agent-node20', buildId: 'b_5518'});
const shared = template({id: '1', name: 'base', isPublic: true, buildId: undefined});

describe('the list', () => {
  test("one's own stand first, by name", () => {
    expect(names(told(listed(), read(0, [shared, own, node])))).toEqual(['agent-node20', 'agent-py311', 'base']);
  });

  test('it is live only once it was read while the stream was open', () => {
    const opened = told(listed(), open);
    expect(opened.templates.phase).toBe('never');
    expect(told(opened, read(1, [own])).templates.phase).toBe('live');
    expect(told(listed(), read(1, [own])).templates.phase).toBe('polled');
  });

  test('who is not in it is gone, but for who was told of since it was asked for', () => {
    const state = told(listed(), open, read(0, [own, shared]), heard(10, node), read(20, [shared], 5));
    expect(names(state)).toEqual(['agent-node20', 'base']);
    expect(names(told(state, read(40, [shared], 30)))).toEqual(['base']);
  });

  test('what an event left out stays as it was; an id alone is no name', () => {
    const state = told(listed(), read(0, [own]), heard(1, {...bare('73'), status: 'building'}));
    expect(state.templates.rows.get('73')).toEqual({...own, status: 'building'});
  });

  test('an event may call a template by its name: it is the same one', () => {
    const state = told(listed(), read(0, [own, node]), heard(1, {...bare('agent-node20'), status: 'building'}));
    expect(state.templates.rows.size).toBe(2);
    expect(state.templates.rows.get('74')?.status).toBe('building');
  });

  test("an event that is older by the server's own date says nothing", () => {
    const state = told(
      listed(),
      read(0, [own]),
      heard(1, {...own, status: 'failed', updatedAt: (own.updatedAt ?? 0) - 1}),
    );
    expect(state.templates.rows.get('73')?.status).toBe('active');
  });

  test('while the stream is broken it is as old as the break', () => {
    const state = told(listed(), open, read(0, [own]), {
      type: 'templates.stream',
      at: T0 + 5000,
      isOpen: false,
      reason: 'the server closed it',
    });
    expect(state.templates).toMatchObject({isOpen: false, asOf: T0 + 5000, reason: 'the server closed it'});
  });

  test('the cursor stays on its template, and goes to what took its place', () => {
    const down: Event = {type: 'template.moved', at: T0, by: 1, lines: 5};
    const state = told(listed(), read(0, [shared, own, node]), down);
    expect(state.templates.cursor).toBe('73');
    expect(told(state, read(1, [shared, own])).templates.cursor).toBe('73');
    expect(told(state, read(1, [shared, node])).templates.cursor).toBe('1');
  });

  test('the last build of each is known', () => {
    const state = told(listed(), read(0, [own, node, shared]));
    expect([...state.builds.rows.keys()].toSorted()).toEqual(['b_5512', 'b_5518']);
  });
});

describe('who uses it', () => {
  const fleet = listed(patch('a'), patch('b', {templateName: 'agent-node20'}), patch('c'));

  test('is counted by name', () => {
    expect(usageOf(fleet, own)).toEqual({count: 2, isLeast: false});
    expect(usageOf(fleet, shared)).toEqual({count: 0, isLeast: false});
  });

  test('nobody is only said when all are known and tell what they are made of', () => {
    expect(usageOf(begun(), own)).toEqual({count: 0, isLeast: true});
    const {templateName: _, templateId: __, ...untold} = patch('d');
    expect(usageOf(listed(untold), own)).toEqual({count: 0, isLeast: true});
  });
});
