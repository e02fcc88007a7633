import {FileRefused, type FilesPort} from '../../src/runtime/filesPort.ts';

export type FakeFiles = FilesPort & {
  /** What stands in each file now, by its path. */
  readonly texts: ReadonlyMap<string, string>;
};

/** Files in memory. `fails` says which part cannot be done, and in which words. */
export function fakeFiles(fails: {readonly create?: string; readonly append?: string} = {}): FakeFiles {
  const texts = new Map<string, string>();
  return {
    texts,
    create(path) {
      if (fails.create !== undefined) throw new FileRefused(fails.create);
      if (texts.has(path)) throw new FileRefused(`${path} is there already: name a file that is not`);
      texts.set(path, '');
      return {
        path,
        append(text) {
          if (fails.append !== undefined) throw new FileRefused(fails.append);
          texts.set(path, `${texts.get(path)}${text}`);
        },
        close: () => undefined,
        remove: () => void texts.delete(path),
      };
    },
  };
}
