import {Box, type DOMElement, measureElement, Text} from 'ink';
import {createContext, type ReactNode, type Ref, useContext, useLayoutEffect, useRef, useState} from 'react';
import type {Line} from './cells.ts';
import type {Canvases} from './composition.ts';
import {Lines} from './Lines.tsx';

const CanvasesContext = createContext<Canvases | undefined>(undefined);

type ProviderProps = {readonly canvases: Canvases; readonly children: ReactNode};

/** Under this canvases are painted cell by cell; without it they are ordinary text. */
export const PaintedCanvases = ({canvases, children}: ProviderProps) => (
  <CanvasesContext value={canvases}>{children}</CanvasesContext>
);

/** Whether canvases are painted by themselves: if not, what they show must be rendered anew when it has changed. */
export const useIsPainted = (): boolean => useContext(CanvasesContext) !== undefined;

type CanvasProps = {
  readonly columns: number;
  readonly rows: number;
  /** The lines as they are now: at most `rows`, each of exactly `columns` cells. Called at every frame. */
  readonly paint: () => readonly Line[];
};

/**
 * A region of Ink's layout that is painted straight into the cells of the screen: a change of what it shows costs no
 * rendering, and what Ink lays over it covers it. Where nothing paints cells, its lines are `<Text>`.
 */
export function Canvas(props: CanvasProps) {
  const canvases = useContext(CanvasesContext);
  if (canvases) return <PaintedCanvas canvases={canvases} {...props} />;
  return (
    <Region {...props}>
      <Lines lines={props.paint()} />
    </Region>
  );
}

function PaintedCanvas({canvases, columns, rows, paint}: CanvasProps & {readonly canvases: Canvases}) {
  const box = useRef<DOMElement>(null);
  const [mark] = useState(canvases.newMark);
  useLayoutEffect(() =>
    canvases.put(mark, {
      place: () => (box.current ? measureElement(box.current) : {x: 0, y: 0}),
      columns,
      paint,
    }),
  );
  return (
    <Region columns={columns} rows={rows} box={box}>
      <Text wrap="truncate">{Array.from({length: rows}, () => mark.repeat(columns)).join('\n')}</Text>
    </Region>
  );
}

type RegionProps = Pick<CanvasProps, 'columns' | 'rows'> & {
  readonly box?: Ref<DOMElement>;
  readonly children: ReactNode;
};

const Region = ({columns, rows, box, children}: RegionProps) => (
  <Box ref={box} flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
    {children}
  </Box>
);
