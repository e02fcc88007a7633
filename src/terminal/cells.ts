/** The terminal's own sixteen colours, by name; undefined is its own foreground. */
export type Colour =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'grey'
  | 'brightRed'
  | 'brightGreen'
  | 'brightYellow'
  | 'brightBlue'
  | 'brightMagenta'
  | 'brightCyan'
  | 'brightWhite';

export type Style = {
  readonly colour?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
};

/** A run of text in one style. The text is sanitized and free of control characters. */
export type Span = {readonly text: string; readonly style: Style};

/** One line of a region, painted: what a painter gives back. Its width in cells is the painter's promise. */
export type Line = readonly Span[];
