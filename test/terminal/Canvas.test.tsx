import {setImmediate} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import {Box, render, renderToString, Text} from 'ink';
import type {ReactNode} from 'react';
import {expect, test} from 'vitest';
import {Canvas, PaintedCanvases, useIsPainted} from '../../src/terminal/Canvas.tsx';
import type {Line} from '../../src/terminal/cells.ts';
import {createScreenOutput} from '../../src/terminal/screenOutput.ts';
import {paintedTerminal} from './paintedTerminal.ts';
import {span} from './rows.ts';

const SIZE = {columns: 14, rows: 4};

/** Ink renders into the grid as the program makes it do. */
function startInk(first: ReactNode) {
  const terminal = paintedTerminal(SIZE);
  const grid = createScreenOutput(Object.assign({on: () => undefined, off: () => undefined}, SIZE), terminal.ports);
  const wrapped = (node: ReactNode) => <PaintedCanvases canvases={grid.canvases}>{node}</PaintedCanvases>;
  const app = render(wrapped(first), {
    stdout: grid.stdout as NodeJS.WriteStream,
    debug: true,
    alternateScreen: true,
    interactive: true,
    patchConsole: false,
  });
  const shown = async () => {
    await setImmediate();
    terminal.turn();
    return (await terminal.show()).map((line) => line.trimEnd());
  };
  return {
    shown,
    repaint: grid.requestPaint,
    rerender: (node: ReactNode) => app.rerender(wrapped(node)),
    [Symbol.dispose]: () => app.unmount(),
  };
}

const paint =
  (...texts: readonly string[]) =>
  (): readonly Line[] =>
    texts.map((text) => [span(text)]);

const List = ({load}: {readonly load: () => string}) => (
  <Box width={14} height={4} flexDirection="column">
    <Text>head</Text>
    <Canvas columns={14} rows={2} paint={() => [[span(`sb_1      ${load()} `)], [span('sb_2       7% ')]]} />
  </Box>
);

test('a canvas stands where Ink lays it out; what changed is shown without rendering', async () => {
  let load = ' 1%';
  using ink = startInk(<List load={() => load} />);
  expect(await ink.shown()).toEqual(['head', 'sb_1       1%', 'sb_2       7%', '']);
  load = '99%';
  ink.repaint();
  expect(await ink.shown()).toEqual(['head', 'sb_1      99%', 'sb_2       7%', '']);
});

test('a canvas that Ink moves is shown at its new place, and one that is gone is not', async () => {
  const at = (top: number) => (
    <Box width={14} height={4} flexDirection="column" paddingTop={top}>
      <Canvas columns={4} rows={1} paint={paint('here')} />
    </Box>
  );
  using ink = startInk(at(0));
  expect(await ink.shown()).toEqual(['here', '', '', '']);
  ink.rerender(at(2));
  expect(await ink.shown()).toEqual(['', '', 'here', '']);
  ink.rerender(<Box width={14} height={4} />);
  expect(await ink.shown()).toEqual(['', '', '', '']);
});

test('two canvases beside each other do not mix', async () => {
  using ink = startInk(
    <Box>
      <Canvas columns={3} rows={2} paint={paint('ab漢', 'cde')} />
      <Canvas columns={3} rows={2} paint={paint('字f', 'ghi')} />
    </Box>,
  );
  expect(await ink.shown()).toEqual(['ab 字f', 'cdeghi', '', '']);
});

test('one over another covers it until it goes, and the one beneath goes on', async () => {
  let load = ' 1%';
  const withDialog = (isOpen: boolean) => (
    <>
      <List load={() => load} />
      {isOpen && (
        <Box position="absolute" top={1} left={8} flexDirection="column">
          <Canvas columns={4} rows={1} paint={paint('[ok]')} />
        </Box>
      )}
    </>
  );
  using ink = startInk(withDialog(true));
  expect(await ink.shown()).toEqual(['head', 'sb_1    [ok]%', 'sb_2       7%', '']);
  load = '99!';
  ink.repaint();
  expect(await ink.shown()).toEqual(['head', 'sb_1    [ok]!', 'sb_2       7%', '']);
  ink.rerender(withDialog(false));
  expect(await ink.shown()).toEqual(['head', 'sb_1      99!', 'sb_2       7%', '']);
});

test('without a grid its lines are text, in as many cells', () => {
  const text = renderToString(
    <Box>
      <Canvas columns={4} rows={2} paint={() => [[span('ab', {bold: true})], [span('cdef')]]} />
      <Text>|</Text>
    </Box>,
  );
  expect(text).toContain('\u001b[1mab');
  expect(stripVTControlCharacters(text)).toBe('ab  |\ncdef');
});

test('a component can tell whether it is painted or must be rendered anew', async () => {
  const Which = () => <Text>{useIsPainted() ? 'painted' : 'rendered'}</Text>;
  using ink = startInk(<Which />);
  expect((await ink.shown())[0]).toBe('painted');
  expect(renderToString(<Which />)).toBe('rendered');
});
