import {Text} from 'ink';
import {memo} from 'react';
import {toAnsi} from './ansi.ts';
import type {Line} from './cells.ts';

/** Painted lines, one `<Text>` each; one whose text did not change is not drawn again. */
export function Lines({lines}: {readonly lines: readonly Line[]}) {
  return lines
    .map((line, row) => ({row, text: toAnsi(line)}))
    .map(({row, text}) => <PaintedLine key={row} text={text} />);
}

const PaintedLine = memo(function PaintedLine({text}: {readonly text: string}) {
  return <Text wrap="truncate">{text}</Text>;
});
