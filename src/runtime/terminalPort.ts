/** What the session may ask of the terminal; the command line gives it. */
export type TerminalPort = {
  /** Gives the terminal back and stops the foreground group, as Ctrl-Z does. */
  readonly suspend: () => void;
  /** Paints everything anew. */
  readonly redraw: () => void;
  /** Asks the terminal to put this into its clipboard; whether it did, nobody learns. */
  readonly copy: (text: string) => void;
  /** Ends the program; the session is stopped by whoever does it. */
  readonly quit: () => void;
};
