import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0} from '../support/builders.ts';
import {specOf} from '../support/templates.ts';
import {listed, play, told} from './given.ts';

const openedForm = (values = {}, ms = 0): Event => ({type: 'form.opened', at: T0 + ms, form: 'build', values});
const typed = (text: string, ms = 100): Event => ({type: 'form.edited', at: T0 + ms, text});
const submit = (ms = 1000): Event => ({type: 'form.submitted', at: T0 + ms});

describe('a spec', () => {
  const asked = told(listed(), openedForm(), typed('a.yaml'), submit());
  const refused: Event = {type: 'spec.refused', at: T0 + 2000, path: 'a.yaml', mistake: 'it is not there'};
  const read: Event = {type: 'spec.read', at: T0 + 2000, path: 'a.yaml', spec: specOf()};

  test('is asked for by its path', () => {
    const state = told(listed(), openedForm(), submit());
    expect(state.form?.mistake?.text).toBe('Write the path of a spec file.');
  });

  test('while it is read the form stays, and only Esc does anything', () => {
    expect(asked.form).toMatchObject({isReading: true, values: {path: 'a.yaml'}});
    expect(play(asked, typed('b.yaml', 1500), submit(1600)).state.form).toEqual(asked.form);
    expect(play(asked, submit(1600)).effects).toEqual([]);
  });

  test('what is wrong with it is said in the form, the path kept, to be put right', () => {
    const state = told(asked, refused);
    expect(state.form).toMatchObject({values: {path: 'a.yaml'}, mistake: {field: 0, text: 'it is not there'}});
    expect(play(state, typed('b.yaml', 2100), submit(2200)).effects).toEqual([{do: 'spec.read', path: 'b.yaml'}]);
  });

  test('once it is read the question takes the place of the form', () => {
    expect(told(asked, read)).toMatchObject({form: undefined, templates: {question: {kind: 'build'}}});
  });

  test('a form that was opened since is not touched by the answer to the one before', () => {
    const other = told(asked, {type: 'form.closed', at: T0 + 1500}, openedForm({path: 'mine.yaml'}, 1600));
    for (const late of [refused, read]) {
      const state = told(other, late);
      expect(state.form).toEqual(other.form);
      expect(state.templates.question).toBeUndefined();
    }
  });
});
