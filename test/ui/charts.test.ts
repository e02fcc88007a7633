import {expect, test} from 'vitest';
import {bar, brailleLines, columnsOf, sparkline} from '../../src/ui/braille.ts';
import {paintChart} from '../../src/ui/chart.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {peakOf, type Track, tracksOf} from '../../src/ui/tracks.ts';
import {T0, WALL0} from '../support/builders.ts';
import {countersOnly, wave} from './fleet.ts';

const theme = createTheme({colour: false});

const paint = (track: Track, width: number, height: number) =>
  paintChart(track, height, {wallOfZero: WALL0 - T0, slots: 300, averagedSlots: 0}, {width, theme})
    .map((line) =>
      line
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');

const tracks = (series = wave()) => {
  if (!series.latest) throw new Error('the wave has samples');
  return tracksOf(series, series.latest, {now: T0, resolution: 'fine', reach: {slots: 300, cells: 54}, vcpu: 2});
};

const track = (values: readonly (number | undefined)[], over: Partial<Track> = {}): Track => ({
  title: 'CPU',
  value: {text: '7%', tone: 'bold'},
  age: '',
  base: '',
  values,
  lastSlot: 1000,
  slotMs: 2000,
  most: 100,
  format: String,
  isLoad: true,
  ...over,
});

test('a chart says the last value, the peak and its time', () => {
  const [cpu] = tracks();
  expect(cpu && paint(cpu, 60, 6)).toMatchInlineSnapshot(`
    " CPU 50%  of 2 vCPU                          peak 95% 13:56
     100│⣴⣶⣶⣶⣤⡀               ⢀⣤⣶⣶⣶⣦⣄                ⣀⣴⣶⣶⣶⣦⣀
      50│⣿⣿⣿⣿⣿⣿⣷⣄           ⢀⣴⣿⣿⣿⣿⣿⣿⣿⣿⣦⡀           ⣠⣾⣿⣿⣿⣿⣿⣿⣿⣷⣄
        │⣿⣿⣿⣿⣿⣿⣿⣿⣷⣄       ⢀⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣦⡀       ⣠⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇
       0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦⣀⣀⣀⣤⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣄⣀⣀⣠⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇
         -10m                                               now"
  `);
});

test('a gap is shaded, and nothing is drawn through it', () => {
  const [cpu] = tracks(wave((ago) => ago > 60 && ago < 84));
  expect(cpu && paint(cpu, 60, 4)).toMatchInlineSnapshot(`
    " CPU 50%  of 2 vCPU                          peak 95% 13:56
     100│⣶⣶⣶⣶⣦⣄⡀              ⣠⣴⣶⣶⣶⣶⣤⣀          ░░░ ⢀⣠⣶⣶⣶⣶⣶⣄⡀
      50│⣿⣿⣿⣿⣿⣿⣿⣦⣄         ⣠⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦⡀       ░░░⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⡄
       0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣦⣄⣀⣀⣀⣠⣴⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣦⣄⣀⣀⣀⡀░░░⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇"
  `);
});

test('before the first sample there is nothing, not a gap', () => {
  expect(columnsOf([undefined, undefined, 5, undefined, 7, 7], 5, {slots: 6, cells: 3})).toEqual([
    'none',
    'none',
    5,
    'gap',
    7,
    7,
  ]);
});

test('while a slot lasts only the last cell moves', () => {
  const values = Array.from({length: 60}, (_, index) => (index * 37) % 100);
  const before = columnsOf(values, 1000, {slots: 40, cells: 10});
  const after = columnsOf([...values.slice(1), 99], 1001, {slots: 40, cells: 10});
  expect(after.slice(0, -2)).toEqual(before.slice(0, -2));
});

test('a column shows the highest of its slots: a short peak is not averaged away', () => {
  expect(columnsOf([1, 99, 2, 3], 3, {slots: 4, cells: 1})).toEqual([99, 3]);
});

test('zero is one dot high: it is not a gap', () => {
  expect(brailleLines([0, 0], 1, 100)).toEqual(['⣀']);
  expect(brailleLines(['gap', 'gap'], 2, 100)).toEqual(['░', '░']);
  expect(brailleLines(['none', 'none'], 1, 100)).toEqual([' ']);
});

test('full is full on every line, more than full too', () => {
  expect(brailleLines([100, 140], 3, 100)).toEqual(['⣿', '⣿', '⣿']);
});

test('half a cell without a value is left empty', () => {
  expect(brailleLines([100, 'gap'], 1, 100)).toEqual(['⡇']);
});

test('a sparkline stops at seven eighths and shades a gap', () => {
  expect(sparkline([undefined, 0, 50, undefined, 100], 100)).toBe(' ▁▄░▇');
  expect(sparkline([undefined, undefined], 100)).toBe('  ');
});

test('a bar is full at 100 percent and no longer', () => {
  expect(bar(61, 10)).toEqual({full: '━━━━━━', rest: '────'});
  expect(bar(170, 4)).toEqual({full: '━━━━', rest: ''});
});

test('executions and errors stand in where the server tells neither CPU nor memory', () => {
  const shown = tracks(countersOnly());
  expect(shown.map(({title, value}) => `${title} ${value.text}`)).toEqual(['EXEC 3', 'ERRORS 12']);
  expect(shown.map(({most}) => most)).toEqual([5, 20]);
});

test('the peak is the newest of the highest', () => {
  expect(peakOf(track([1, 9, 3, 9, 2]))).toEqual({value: 9, at: 999 * 2000});
  expect(peakOf(track([undefined]))).toBeUndefined();
});

test('in one line there is a sparkline with the value, as wide as the chart would be', () => {
  const values = Array.from({length: 300}, (_, index) => Math.floor(index / 75) * 25);
  const wide = track(values, {lastSlot: 1199, value: {text: '75%', tone: 'danger'}});
  expect(paint(wide, 22, 1)).toBe(' CPU ▁▁▂▂▂▄▄▄▆▆▆  75%');
});
