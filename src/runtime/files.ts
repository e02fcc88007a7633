import type {Clock} from '../clock/clock.ts';
import type {Effect, Event} from '../model/event.ts';
import {FileRefused, type FilesPort} from './filesPort.ts';

type SaveEffect = Extract<Effect, {do: 'save'}>;

export type Files = {
  /** A new file, whole or not at all; ends with file.saved or file.refused. */
  readonly save: (effect: SaveEffect) => void;
};

type FilesOptions = {
  readonly files: FilesPort;
  readonly clock: Clock;
  readonly dispatch: (event: Event) => void;
};

export function createFiles({files, clock, dispatch}: FilesOptions): Files {
  return {
    save({what, path, text}) {
      try {
        const saved = writeNew(files, path, text);
        dispatch({type: 'file.saved', at: clock.monotonic(), what, path: saved});
      } catch (error) {
        if (!(error instanceof FileRefused)) throw error;
        dispatch({type: 'file.refused', at: clock.monotonic(), what, path, mistake: error.message});
      }
    },
  };
}

/** What is there of a file that could not be written whole would be taken for the whole. */
function writeNew(files: FilesPort, path: string, text: string): string {
  const file = files.create(path);
  try {
    file.append(text);
  } catch (error) {
    file.remove();
    throw error;
  }
  file.close();
  return file.path;
}
