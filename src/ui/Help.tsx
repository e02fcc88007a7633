import {Box, Text} from 'ink';
import {Table} from 'ink-table';
import type {ReactNode} from 'react';
import type {State} from '../model/state.ts';
import {toAnsi} from '../terminal/ansi.ts';
import {Lines} from '../terminal/Lines.tsx';
import {fitCells} from '../terminal/text.ts';
import {type HelpPage, layHelp} from './helpPages.ts';
import type {HelpTopic} from './helpTopics.ts';
import {fitLine, rule, span} from './paint.ts';
import type {Theme} from './theme.ts';

type Props = {readonly state: State; readonly columns: number; readonly rows: number; readonly theme: Theme};

/** Keys, filter and columns over the whole screen; a page at a time where they do not fit at once. */
export function Help({state, columns, rows, theme}: Props) {
  const layout = layHelp(state, columns, rows);
  const {pages} = layout;
  const index = Math.min(pages.length - 1, Math.max(0, state.overlay?.index ?? 0));
  const page = pages[index];
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Lines lines={titleLines(index, pages.length, columns, theme)} />
      <Box height={layout.rows} overflow="hidden">
        {page?.columns.map((column) => (
          <Box
            key={column[0]?.rows[0]?.keys}
            flexDirection="column"
            width={page.columnCells}
            rowGap={1}
            overflow="hidden"
          >
            {column.map((topic) => (
              <Topic key={topic.title} topic={topic} page={page} theme={theme} />
            ))}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function titleLines(index: number, pages: number, width: number, theme: Theme) {
  const page = pages > 1 ? `   page ${index + 1} of ${pages}: ${index + 1 < pages ? 'Down' : 'Up'}` : '';
  const title = [span(' Help', theme.styleOf('bold')), span(`${page}   Esc closes`, theme.styleOf('dim'))];
  return [fitLine(title, width), rule([], {width, theme})];
}

type TopicProps = {readonly topic: HelpTopic; readonly page: HelpPage; readonly theme: Theme};

/** ink-table measures by length, so the cells come to it fitted; its lines are left away. */
function Topic({topic, page: {keyCells, doesCells}, theme}: TopicProps) {
  const title = fitCells(topic.title.toUpperCase(), keyCells);
  const does = fitCells(topic.note ?? '', doesCells);
  const rows = topic.rows.map((row) => ({
    [title]: fitCells(row.keys, keyCells),
    [does]: fitCells(row.does, doesCells),
  }));
  const Cell = ({column, children}: {readonly column: number; readonly children?: ReactNode}) => (
    <Painted tone={column === 0 ? 'accent' : 'plain'} theme={theme}>
      {children}
    </Painted>
  );
  const Header = ({children}: {readonly children?: ReactNode}) => (
    <Painted tone="bold" theme={theme}>
      {children}
    </Painted>
  );
  return <Table data={rows} columns={[title, does]} cell={Cell} header={Header} skeleton={Nothing} />;
}

type PaintedProps = {readonly tone: 'accent' | 'bold' | 'plain'; readonly theme: Theme; readonly children?: ReactNode};

const Painted = ({tone, theme, children}: PaintedProps) => (
  <Text wrap="truncate">{toAnsi([span(String(children), theme.styleOf(tone))])}</Text>
);

const Nothing = () => null;
