/** A file of the user's that did not exist before, mode 0600. */
export type NewFile = {
  readonly path: string;
  /** Appends all of it, now; throws one sentence where it cannot. */
  readonly append: (text: string) => void;
  /** Throws one sentence where what was appended could not be kept. */
  readonly close: () => void;
  /** Closed and taken away again, where that is possible: what it was made for did not happen. Never throws. */
  readonly remove: () => void;
};

/** What the session may ask of the file system; the command line gives it. */
export type FilesPort = {
  /** Throws a FileRefused with one sentence where there is such a file already, or none can be made. */
  readonly create: (path: string) => NewFile;
};

/** Why a file is not there, or not whole, in one sentence that says what to do and may be shown. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}
