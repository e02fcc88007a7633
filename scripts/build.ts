import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {build, type Metafile, type Plugin} from 'esbuild';
import {licencesOf} from './licences.ts';
import {slimming} from './slimming.ts';

const OUTPUT_FOLDER = 'dist';
const BUNDLE = 'hopx-top.js';
const LICENCES = 'LICENSES.txt';

/** Ink imports React's developer tools when DEV is set, which it never is here; left external, it would be missing. */
const withoutDeveloperTools: Plugin = {
  name: 'without-developer-tools',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'no-developer-tools'}));
    onLoad({filter: /.*/, namespace: 'no-developer-tools'}, () => ({contents: 'export default {};'}));
  },
};

/** One file with everything inside, so that what users run starts in half the time and installs nothing behind it. */
async function bundle(): Promise<Metafile> {
  const {metafile} = await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: join(OUTPUT_FOLDER, BUNDLE),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      // undici's own switch: without its second, experimental parser.
      esbuildDetection: 'true',
    },
    plugins: [withoutDeveloperTools, ...slimming],
  });
  return metafile;
}

/** One letter beyond ASCII, and V8 keeps the whole bundle at two bytes a letter and takes twice as long to read it. */
async function requireAscii(file: string): Promise<void> {
  const found = /[^\0-\x7f]/.exec(await readFile(file, 'utf8'));
  if (found)
    throw new Error(`${file} has "${found[0]}" at ${found.index}: spell it \\u in the source (in a RegExp, say)`);
}

await rm(OUTPUT_FOLDER, {recursive: true, force: true});
await mkdir(OUTPUT_FOLDER);
await writeFile(join(OUTPUT_FOLDER, LICENCES), await licencesOf(await bundle(), BUNDLE));
await requireAscii(join(OUTPUT_FOLDER, BUNDLE));
