/** What the session may ask of the terminal; the command line gives it. */
export type TerminalPort = {
  /** Gives the terminal back and stops the foreground group, as Ctrl-Z does. */
  readonly suspend: () => void;
  /** Paints everything anew. */
  readonly redraw: () => void;
  /**
   * Lends the terminal to the command that is configured for this sandbox, until it ends. Resolves with what went wrong,
   * in one sentence; undefined: nothing.
   */
  readonly connect: (id: string) => Promise<string | undefined>;
  /** Asks the terminal to put this into its clipboard; whether it did, nobody learns. */
  readonly copy: (text: string) => void;
  /** Ends the program; the session is stopped by whoever does it. */
  readonly quit: () => void;
};
