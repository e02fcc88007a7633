import {Text} from 'ink';
import {memo} from 'react';
import {toAnsi} from '../terminal/ansi.ts';
import type {Line} from '../terminal/cells.ts';
import type {Theme} from './theme.ts';

type Props = {readonly lines: readonly Line[]; readonly theme: Theme};

/** Painted lines, one `<Text>` each; one whose text did not change is not drawn again. */
export function Lines({lines, theme}: Props) {
  return lines
    .map((line, row) => ({row, text: toAnsi(line, theme)}))
    .map(({row, text}) => <PaintedLine key={row} text={text} />);
}

const PaintedLine = memo(function PaintedLine({text}: {readonly text: string}) {
  return <Text wrap="truncate">{text}</Text>;
});
